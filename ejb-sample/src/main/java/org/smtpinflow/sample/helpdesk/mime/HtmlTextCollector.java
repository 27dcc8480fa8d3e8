// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.htmlunit.cyberneko.filters.DefaultFilter;
import org.htmlunit.cyberneko.xerces.xni.Augmentations;
import org.htmlunit.cyberneko.xerces.xni.QName;
import org.htmlunit.cyberneko.xerces.xni.XMLAttributes;
import org.htmlunit.cyberneko.xerces.xni.XMLString;

/**
 * Collects text from the tags of an HTML document, in document order. Tags may be missing or nested
 * wrongly. So this class does not rely on their structure and remembers at most one open paragraph,
 * one open link and one hidden element.
 */
final class HtmlTextCollector extends DefaultFilter {

  /** Elements whose content no browser shows. The tokenizer reads most of them as plain text. */
  private static final Set<String> HIDDEN =
      Set.of("iframe", "noembed", "noframes", "script", "style", "template", "title");

  /** Elements that an empty line follows. */
  private static final Set<String> PARAGRAPHS = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6");

  /** Elements that begin and end a line, apart from paragraphs. */
  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "caption",
          "center",
          "dd",
          "details",
          "dir",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "header",
          "hr",
          "legend",
          "li",
          "main",
          "menu",
          "nav",
          "ol",
          "pre",
          "section",
          "summary",
          "table",
          "tbody",
          "tfoot",
          "thead",
          "tr",
          "ul");

  private static final String BULLET = "- ";

  private final StringBuilder text = new StringBuilder();

  /** The hidden element that is open, or empty; and how many of that name. */
  private String hidden = "";

  private int hiddenDepth;

  private int preformattedDepth;
  private boolean inParagraph;

  /** Whether a line feed that comes next is no text, as directly after the tag of {@code pre}. */
  private boolean skipsLineFeed;

  /**
   * The end of the text when the last bullet was written, which still counts as the beginning of a
   * line.
   */
  private int afterBullet = -1;

  /** The target of the open link, or empty; and where its text begins. */
  private String target = "";

  private int linkStart;

  @Override
  public void startElement(QName element, XMLAttributes attributes, Augmentations augmentations) {
    String name = element.getRawname();
    skipsLineFeed = false;
    if (!hidden.isEmpty()) {
      hiddenDepth += hidden.equals(name) ? 1 : 0;
    } else if (HIDDEN.contains(name)) {
      hidden = name;
      hiddenDepth = 1;
    } else {
      begin(name, attributes);
    }
  }

  /** HTML knows no empty elements: the slash means nothing. */
  @Override
  public void emptyElement(QName element, XMLAttributes attributes, Augmentations augmentations) {
    startElement(element, attributes, augmentations);
  }

  @Override
  public void endElement(QName element, Augmentations augmentations) {
    String name = element.getRawname();
    skipsLineFeed = false;
    if (hidden.isEmpty()) {
      end(name);
    } else if (hidden.equals(name) && --hiddenDepth == 0) {
      hidden = "";
    }
  }

  @Override
  public void characters(XMLString characters, Augmentations augmentations) {
    if (hidden.isEmpty()) {
      for (int i = 0; i < characters.length(); i++) {
        append(characters.charAt(i));
      }
    }
  }

  /** Collapses white space as a browser does. */
  private void append(char c) {
    if (preformattedDepth > 0) {
      if (c != '\n' || !skipsLineFeed) {
        text.append(c);
      }
      skipsLineFeed = false;
    } else if (!isSpace(c)) {
      text.append(c);
    } else if (!atLineStart() && text.charAt(text.length() - 1) != ' ') {
      text.append(' ');
    }
  }

  /** White space of HTML; also the no-break space, which fills empty paragraphs. */
  private static boolean isSpace(char c) {
    return " \t\n\r\f\u00a0".indexOf(c) >= 0;
  }

  private void begin(String name, XMLAttributes attributes) {
    boolean isParagraph = PARAGRAPHS.contains(name);
    if (isParagraph || BLOCKS.contains(name)) {
      // The end tag of a paragraph is optional.
      endParagraph();
      startLine();
    }
    inParagraph |= isParagraph;
    switch (name) {
      case "a" -> beginLink(attributes);
      case "br" -> text.append('\n');
      case "hr" -> text.append("----\n");
      case "img" -> text.append(value(attributes, "alt"));
      case "li" -> {
        text.append(BULLET);
        afterBullet = text.length();
      }
      case "pre" -> {
        preformattedDepth++;
        skipsLineFeed = true;
      }
      case "td", "th" -> startCell();
      default -> {
        // Other elements are in the line, and without text of their own.
      }
    }
  }

  private void end(String name) {
    if (PARAGRAPHS.contains(name)) {
      inParagraph = true;
      endParagraph();
    } else if (BLOCKS.contains(name)) {
      endParagraph();
      startLine();
    }
    switch (name) {
      case "a" -> endLink();
      case "pre" -> preformattedDepth = Math.max(0, preformattedDepth - 1);
      default -> {
        // Other elements end without text.
      }
    }
  }

  private void beginLink(XMLAttributes attributes) {
    // There are no links in links.
    endLink();
    String href = value(attributes, "href").strip();
    String scheme = href.length() < 8 ? "" : href.substring(0, 8).toLowerCase(Locale.ROOT);
    if (scheme.startsWith("http:") || scheme.startsWith("https:")) {
      target = href;
      linkStart = text.length();
    }
  }

  /** Shows the target of a link, because its text may omit it or lie about it. */
  private void endLink() {
    if (!target.isEmpty()) {
      String words = text.substring(linkStart).strip();
      if (!words.equals(target)) {
        text.append(" <").append(target).append('>');
      }
      target = "";
    }
  }

  private static String value(XMLAttributes attributes, String name) {
    String value = attributes.getValue(name);
    return value == null ? "" : value;
  }

  private void endParagraph() {
    if (inParagraph) {
      text.append("\n\n");
      inParagraph = false;
    }
  }

  private void startLine() {
    if (!atLineStart()) {
      text.append('\n');
    }
  }

  private void startCell() {
    if (!atLineStart()) {
      text.append(text.charAt(text.length() - 1) == ' ' ? " " : "  ");
    }
  }

  private boolean atLineStart() {
    return text.isEmpty() || text.charAt(text.length() - 1) == '\n' || text.length() == afterBullet;
  }

  /** Returns the text. One empty line separates paragraphs, however many there are. */
  String text() {
    endLink();
    String lines =
        text.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    return lines.replaceAll("\n{3,}", "\n\n").strip();
  }
}
