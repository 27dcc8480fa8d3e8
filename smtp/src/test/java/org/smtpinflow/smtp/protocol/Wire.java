// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads replies as strictly as no client does (RFC 5321, section 4.2; RFC 2034, section 4). */
final class Wire {

  private static final Pattern LINE =
      Pattern.compile("([2-5][0-5][0-9])([ -])(([245])\\.\\d{1,3}\\.\\d{1,3} )?([ -~]*)");

  private static final int MAX_LINE = 512;

  private Wire() {}

  /** Takes the output of a server apart; returns the last line of each reply. */
  static List<String> replies(String output) {
    assertThat(output).endsWith("\r\n");
    List<String> replies = new ArrayList<>();
    String begun = "";
    boolean hello = false;
    for (String line : output.substring(0, output.length() - 2).split("\r\n", -1)) {
      assertThat(line.length()).as(line).isLessThanOrEqualTo(MAX_LINE - 2);
      Matcher matcher = LINE.matcher(line);
      assertThat(matcher.matches()).as("«%s» is a line of a reply", line).isTrue();
      String code = matcher.group(1);
      assertThat(code).as("code within a reply: %s", line).startsWith(begun);
      hello |= begun.isEmpty() && code.equals("250") && matcher.group(5).equals("mx.example.com");
      boolean greeting = code.equals("220") && !line.endsWith("Ready to start TLS");
      if (hello || greeting || code.startsWith("3")) {
        assertThat(matcher.group(3)).as("enhanced status code of %s", line).isNull();
      } else {
        assertThat(matcher.group(4)).as("class of %s", line).isEqualTo(code.substring(0, 1));
      }
      if (matcher.group(2).equals(" ")) {
        replies.add(line);
        begun = "";
        hello = false;
      } else {
        begun = code;
      }
    }
    assertThat(begun).as("a reply without an end").isEmpty();
    return replies;
  }
}
