// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void breaksLinesWhereABrowserDoes() {
    assertThat(HtmlText.of("<p>One\n two</p><p>three<br>four</p><div>five</div>six"))
        .isEqualTo("One two\n\nthree\nfour\n\nfive\nsix");
  }

  @Test
  void keepsWordsOfInlineElementsApartAsTheyAre() {
    assertThat(HtmlText.of("a<b>b</b> <i>c</i>\n<u>d</u>")).isEqualTo("ab c d");
  }

  @Test
  void dropsWhatIsNotText() {
    assertThat(
            HtmlText.of(
                "<html><head><title>t</title><style>p{}</style></head><body><!-- c -->"
                    + "<script>alert(1)</script><p onclick='x()'>seen</p></body></html>"))
        .isEqualTo("seen");
  }

  @Test
  void decodesCharacterReferences() {
    assertThat(HtmlText.of("&lt;script&gt; &amp; &eacute;&#8364;")).isEqualTo("<script> & é€");
  }

  @Test
  void showsListsTablesAndPreformattedText() {
    assertThat(HtmlText.of("<ul><li>one<li>two</ul><table><tr><td>a<td>b<tr><td>c</table>"))
        .isEqualTo("- one\n- two\na  b\nc");
    assertThat(HtmlText.of("<pre>a  b\n  c</pre>")).isEqualTo("a  b\n  c");
  }

  @Test
  void showsWhereALinkLeadsIfItDoesNotSaySo() {
    assertThat(HtmlText.of("<a href='https://evil.example/'>https://bank.example/</a>"))
        .isEqualTo("https://bank.example/ <https://evil.example/>");
    assertThat(HtmlText.of("<a href='https://a.example/'>https://a.example/</a>"))
        .isEqualTo("https://a.example/");
    assertThat(HtmlText.of("<a href='javascript:alert(1)'>click</a>")).isEqualTo("click");
  }

  @Test
  void endsParagraphsAndLinksThatHaveNoEndTag() {
    assertThat(HtmlText.of("<p>one<p>two<div>three")).isEqualTo("one\n\ntwo\n\nthree");
    assertThat(HtmlText.of("<a href='https://a.example/'>one<a href='https://b.example/'>two"))
        .isEqualTo("one <https://a.example/>two <https://b.example/>");
  }

  @Test
  void readsWhatFollowsATagWithStrayQuotes() {
    assertThat(HtmlText.of("<p class=a\">it's</p><img alt='5' screen'><p>here</p>"))
        .isEqualTo("it's\n\n5\nhere");
  }

  @Test
  void dropsConditionalCommentsOfWordProcessors() {
    assertThat(
            HtmlText.of(
                "<!--[if mso]>no<![endif]--><![if !mso]><p>yes<o:p>&nbsp;</o:p></p><![endif]>"))
        .isEqualTo("yes");
  }

  @Test
  void showsListsWhoseEntriesAreParagraphs() {
    assertThat(HtmlText.of("<ul>\n<li>\n<p>one</p>\n</li>\n<li><p>two</p></li></ul>"))
        .isEqualTo("- one\n\n- two");
  }

  @Test
  void readsHtmlThatIsNestedAbsurdly() {
    assertThat(HtmlText.of("<div>".repeat(50_000) + "deep")).isEqualTo("deep");
  }
}
