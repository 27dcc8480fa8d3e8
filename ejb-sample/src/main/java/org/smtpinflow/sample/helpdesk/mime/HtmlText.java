// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Reduces HTML to the text that a person would read: no scripts, no styles, no markup. */
final class HtmlText {

  private HtmlText() {}

  /** Returns the text with line feeds between its lines. */
  static String of(String html) {
    Collector collector = new Collector();
    Jsoup.parse(html).body().traverse(collector);
    return collector.text();
  }

  private static final class Collector implements NodeVisitor {

    private final StringBuilder text = new StringBuilder();

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode textNode) {
        append(textNode);
      } else if (node instanceof Element element) {
        begin(element);
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element) {
        end(element);
      }
    }

    /** Collapses white space as a browser does. */
    private void append(TextNode node) {
      Element parent = node.parent();
      boolean preformatted = parent != null && parent.tag().preserveWhitespace();
      String content = preformatted ? node.getWholeText() : node.text();
      text.append(atLineStart() && !preformatted ? content.stripLeading() : content);
    }

    private void begin(Element element) {
      switch (element.normalName()) {
        case "br" -> text.append('\n');
        case "li" -> startLine("- ");
        case "td", "th" -> startCell();
        case "hr" -> startLine("----");
        case "img" -> text.append(element.attr("alt"));
        default -> {
          if (element.isBlock()) {
            startLine("");
          }
        }
      }
    }

    private void end(Element element) {
      switch (element.normalName()) {
        case "a" -> appendTarget(element);
        case "td", "th" -> {
          // The row ends the line.
        }
        case "p", "h1", "h2", "h3", "h4", "h5", "h6" -> text.append("\n\n");
        default -> {
          if (element.isBlock()) {
            startLine("");
          }
        }
      }
    }

    /** Shows where a link leads, which its text need not say, or may lie about. */
    private void appendTarget(Element link) {
      String target = link.attr("href").strip();
      String scheme = target.toLowerCase(Locale.ROOT);
      boolean elsewhere = scheme.startsWith("http:") || scheme.startsWith("https:");
      if (elsewhere && !link.text().strip().equals(target)) {
        text.append(" <").append(target).append('>');
      }
    }

    private void startLine(String begin) {
      if (!atLineStart()) {
        text.append('\n');
      }
      text.append(begin);
    }

    private void startCell() {
      if (!atLineStart()) {
        text.append("  ");
      }
    }

    private boolean atLineStart() {
      return text.isEmpty() || text.charAt(text.length() - 1) == '\n';
    }

    /** An empty line separates paragraphs; more of them say no more. */
    String text() {
      String lines =
          text.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
      return lines.replaceAll("\n{3,}", "\n\n").strip();
    }
  }
}
