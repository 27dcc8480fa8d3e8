// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDispositionTest {

  @ParameterizedTest
  @CsvSource({
    "report.pdf, report.pdf, report.pdf",
    "two words.txt, two words.txt, two%20words.txt",
    "für.txt, f_r.txt, f%C3%BCr.txt",
    "€.txt, _.txt, %E2%82%AC.txt",
    "../../etc/passwd, _.._etc_passwd, _.._etc_passwd",
    "C:\\autoexec.bat, C__autoexec.bat, C__autoexec.bat",
    ".htaccess, htaccess, htaccess",
    "100%41.txt, 100_41.txt, 100_41.txt",
    "'it''s.txt', it's.txt, it%27s.txt",
    "..., attachment, attachment",
  })
  void namesTheFileSafely(String name, String quoted, String encoded) {
    assertThat(ContentDisposition.attachment(name))
        .isEqualTo("attachment; filename=\"" + quoted + "\"; filename*=UTF-8''" + encoded);
  }

  @Test
  void letsNothingEndTheFieldOrTheQuotes() {
    assertThat(ContentDisposition.attachment("a\"; b\r\nSet-Cookie: c=d"))
        .isEqualTo(
            "attachment; filename=\"a__ b__Set-Cookie_ c=d\";"
                + " filename*=UTF-8''a__%20b__Set-Cookie_%20c%3Dd");
  }

  @Test
  void showsNoNameBackwards() {
    assertThat(ContentDisposition.attachment("\u202egnp.exe")).contains("\"_gnp.exe\"");
  }

  @Test
  void shortensALongNameAndKeepsItsExtension() {
    assertThat(ContentDisposition.attachment("x".repeat(300) + ".pdf"))
        .contains("\"" + "x".repeat(146) + ".pdf\"");
  }
}
