// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.SharedByteArrayInputStream;
import jakarta.mail.util.SharedFileInputStream;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reading a mail takes a bounded part of the heap, whatever is in the mail. The build runs this
 * class with a heap of 64 MiB.
 */
@Tag("small-heap")
class HostileMailHeapTest {

  private static final int THREADS = 8;
  private static final int MEBIBYTE = 1024 * 1024;

  @Test
  void heapIsAsSmallAsTheBuildIsToMakeIt() {
    assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(64L * MEBIBYTE);
  }

  static Stream<Arguments> hostileHtml() {
    String attributes = attributes(500);
    return Stream.of(
        Arguments.of(
            "formatting elements that a tree builder repeats in each paragraph",
            "seen<p>" + fonts() + "<p>x".repeat(8_000)),
        Arguments.of("namespaces that an XML parser copies to each element", namespaces()),
        Arguments.of("deep nesting", "seen" + "<div>".repeat(60_000)),
        Arguments.of("deep nesting of formatting elements", "seen" + "<b>".repeat(80_000)),
        Arguments.of("one tag of attributes", "seen<p" + attributes(60_000) + ">"),
        Arguments.of("one tag of attributes of one letter", "seen<p" + " a".repeat(130_000) + ">"),
        Arguments.of("tags of many attributes", ("seen<p" + attributes + ">").repeat(100)),
        Arguments.of("one huge attribute", "seen<p a='" + "x".repeat(260_000) + "'>"),
        Arguments.of("an attribute that does not end", "seen<p a='" + "x".repeat(260_000)),
        Arguments.of("entities in an attribute", "seen<p a='" + "&amp;".repeat(50_000) + "'>"),
        Arguments.of("links that do not end", "seen<a href='http://a/'>".repeat(10_000)),
        Arguments.of("tags that do not end", "seen" + "<p ".repeat(80_000)),
        Arguments.of("end tags without a begin", "seen" + "</div>".repeat(40_000)),
        Arguments.of("a comment that does not end", "seen<!-- " + "x".repeat(260_000)),
        Arguments.of("comments that do not end", "seen" + "<!-- >".repeat(40_000)),
        Arguments.of("declarations that do not end", "seen" + "<!x <".repeat(50_000)),
        Arguments.of("instructions that do not end", "seen" + "<?x ".repeat(60_000)),
        Arguments.of("CDATA that does not end", "seen" + "<![CDATA[>".repeat(25_000)),
        Arguments.of("scripts that do not end", "seen" + "<script><!--<script>".repeat(12_000)),
        Arguments.of("entities that do not end", "seen" + "&#".repeat(130_000)),
        Arguments.of("a number that does not end", "seen&#" + "9".repeat(260_000)),
        Arguments.of("text that a table gives to its parent", "seen" + "<table>x".repeat(30_000)),
        Arguments.of("cells without a row", "seen" + "<table><td>".repeat(20_000)),
        Arguments.of("nothing but the begin of a tag", "seen" + "<".repeat(10 * MEBIBYTE)));
  }

  /** Twelve elements that differ, as a tree builder repeats only three that are equal. */
  private static String fonts() {
    return IntStream.range(0, 12)
        .mapToObj(i -> "<font color=" + i + attributes(500) + ">")
        .collect(Collectors.joining());
  }

  private static String attributes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> " " + Integer.toString(i + 1_000, Character.MAX_RADIX))
        .collect(Collectors.joining());
  }

  private static String namespaces() {
    String declarations =
        IntStream.range(0, 10_000)
            .mapToObj(i -> (i % 400 == 0 ? "><b" : "") + " xmlns:" + i)
            .collect(Collectors.joining());
    return "seen<b" + declarations + ">" + "<b>".repeat(30_000);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileHtml")
  void htmlOfManyMailsAtOnceFitsIntoASmallHeap(String kind, String html) throws Exception {
    byte[] mail = mail("text/html", html);

    inThreads(() -> assertThat(read(mail).text()).startsWith("seen"));
  }

  static Stream<Arguments> hostileParts() {
    return Stream.of(
        Arguments.of("a header of short fields", "a:\r\n".repeat(60_000)),
        Arguments.of("a header of one field", "a:" + "x".repeat(200_000)),
        Arguments.of("a header of one folded field", "a:" + "\r\n x".repeat(4_000)),
        Arguments.of("a file name of folds", disposition("filename=\"x" + "\r\n x".repeat(4_900))),
        Arguments.of("a file name of line feeds", disposition("filename=\"" + "\r".repeat(60_000))),
        Arguments.of("parameters", disposition("a" + "; a=b".repeat(40_000))),
        Arguments.of("parameters that differ", disposition("a" + parameters(";%1$d=%1$d", 20_000))),
        Arguments.of("a file name in segments", disposition("a" + parameters(";n*%d=x", 20_000))),
        Arguments.of("a segment far away", disposition("a; filename*0=x; filename*2000000000=y")),
        Arguments.of("a type without an end", "Content-Type: " + "x".repeat(200_000)),
        Arguments.of("a file name of encoded words", disposition("filename=" + words(10_000))),
        Arguments.of("many parts", "\r\n--b\r\n".repeat(400)),
        Arguments.of("too many parts", "\r\n--b\r\n".repeat(1_000_000)),
        Arguments.of("multiparts in multiparts", multiparts(400)));
  }

  private static String disposition(String value) {
    return "Content-Disposition: attachment; " + value;
  }

  private static String parameters(String format, int count) {
    return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
  }

  private static String words(int count) {
    return "=?utf-8?q?a?= ".repeat(count);
  }

  private static String multiparts(int depth) {
    return IntStream.range(0, depth)
        .mapToObj("Content-Type: multipart/mixed; boundary=c%1$d\r\n\r\n--c%1$d\r\n"::formatted)
        .collect(Collectors.joining());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileParts")
  void partsOfManyMailsAtOnceFitIntoASmallHeap(String kind, String part) throws Exception {
    byte[] mail = mail("multipart/mixed; boundary=b", "--b\r\n" + part + "\r\n\r\nx\r\n--b--\r\n");

    inThreads(() -> assertThat(read(mail).subject()).isEqualTo(""));
  }

  /** An encoding of a multipart is not valid (RFC 2045, section 6.4); decoded, it needs memory. */
  @ParameterizedTest
  @ValueSource(strings = {"base64", "x-unknown"})
  void partLargerThanTheHeapStaysInItsFile(String encoding, @TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("mail");
    try (BufferedWriter mail = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      mail.write("Content-Type: multipart/mixed; boundary=b\r\n");
      mail.write("Content-Transfer-Encoding: " + encoding + "\r\n\r\n");
      mail.write("--b\r\nContent-Type: application/octet-stream\r\n\r\n");
      for (int i = 0; i < 65 * 1024; i++) {
        mail.write("abcdefg\r\n".repeat(1024 / 9) + "\r\n");
      }
      mail.write("--b--\r\n");
    }
    try (SharedFileInputStream in = new SharedFileInputStream(file.toFile())) {
      MimeReading reading = MimeReader.read(message(in));

      assertThat(reading.files()).hasSize(1);
      assertThat(new DecodedStream(reading.files().get(0).part()).skip(Long.MAX_VALUE))
          .isGreaterThan(64L * MEBIBYTE);
    }
  }

  @Test
  void textOfManyMailsAtOnceFitsIntoASmallHeap() throws Exception {
    byte[] mail = mail("text/plain", "line\n".repeat(MEBIBYTE));

    inThreads(() -> assertThat(read(mail).textTruncated()).isTrue());
  }

  private static void inThreads(Callable<?> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<?> done : threads.invokeAll(Collections.nCopies(THREADS, task))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] mail(String type, String body) {
    return ("Content-Type: " + type + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
  }

  private static MimeReading read(byte[] mail) throws MessagingException {
    return MimeReader.read(message(new SharedByteArrayInputStream(mail)));
  }

  private static MimeMessage message(InputStream in) throws MessagingException {
    return new MimeMessage(Session.getInstance(new Properties()), in);
  }
}
