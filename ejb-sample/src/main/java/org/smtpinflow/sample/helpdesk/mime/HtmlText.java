// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import org.htmlunit.cyberneko.HTMLConfiguration;
import org.htmlunit.cyberneko.xerces.xni.parser.XMLInputSource;

/**
 * Reduces HTML to the text that a person would read: no scripts, no styles, no markup.
 *
 * <p>HTML from a stranger can be an attack on the heap. A tree builder repeats the open formatting
 * elements, attributes included, in each paragraph, so that 72 KB of HTML become hundreds of
 * megabytes. Here no tree is built and no element is repeated: the tokenizer of NekoHTML passes one
 * tag or one run of text at a time to a {@link HtmlTextCollector}.
 *
 * <p>Time is linear in the length of the HTML, whatever it contains. So is the heap: the text and
 * its copies take up to ten octets for each character, and one tag that consists of short
 * attributes up to 150. For {@value MimeReading#MAX_TEXT} characters this is at most 40 MiB. No
 * more threads do this at the same time than the machine has processors; others wait, as they would
 * for a processor.
 */
final class HtmlText {

  private static final Semaphore PERMITS =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  private HtmlText() {}

  /** Returns the text, with line feeds between its lines. */
  static String of(String html) {
    PERMITS.acquireUninterruptibly();
    try {
      return reduce(html);
    } finally {
      PERMITS.release();
    }
  }

  private static String reduce(String html) {
    HtmlTextCollector collector = new HtmlTextCollector();
    HTMLConfiguration parser = new HTMLConfiguration();
    parser.setProperty("http://cyberneko.org/html/properties/names/elems", "lower");
    try {
      parser.setInputSource(new XMLInputSource(null, null, null, new StringReader(html), null));
      // In place of the tag balancer, which repeats formatting elements as a tree builder does.
      parser.getDocumentScanner().setDocumentHandler(collector);
      parser.parse(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return collector.text();
  }
}
