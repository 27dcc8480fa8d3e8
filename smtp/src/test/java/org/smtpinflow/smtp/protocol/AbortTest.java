// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.smtpinflow.api.Client;
import org.smtpinflow.smtp.content.ContentSink;
import org.smtpinflow.smtp.content.SpoolStore;

/**
 * A session that ends at any octet, and at any moment of a flush, leaves nothing behind: no octet
 * of a budget, no open file.
 */
class AbortTest {

  private static final byte[] SESSION =
      """
      EHLO client.example.org
      MAIL FROM:<a@example.org>
      RCPT TO:<b@example.com>
      BDAT 7
      Hello
      BDAT 9 LAST
      , again
      MAIL FROM:<a@example.org>
      RCPT TO:<b@example.com>
      DATA
      Hello

      ..
      .
      MAIL FROM:<a@example.org>
      RCPT TO:<b@example.com>
      BDAT 7
      Hello
      RSET
      QUIT
      """
          .replace("\n", "\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** When the session ends, in relation to the flush that the last octet has made due. */
  enum Moment {
    BEFORE_THE_FLUSH,
    WHILE_THE_FILE_IS_MADE,
    AFTER_THE_FLUSH,
    AFTER_THE_SESSION_KNOWS
  }

  @TempDir private Path directory;

  /** Runs while a file is made. */
  private Runnable whileFileIsMade = () -> {};

  /** Without a heap budget, each octet of content is flushed by itself. */
  private SpoolStore store() {
    return new SpoolStore(slowDirectory(), 0, 1 << 20, 0, Runnable::run);
  }

  /** A directory in which something else may happen while a file is made. */
  private Path slowDirectory() {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("resolve")) {
                whileFileIsMade.run();
              }
              try {
                return method.invoke(directory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftBehindWhereverASessionEnds(Moment moment) throws IOException {
    for (int length = 1; length <= SESSION.length; length++) {
      SpoolStore store = store();
      run(store, length, moment);
      assertThat(store.usage())
          .as("usage after %d octets", length)
          .isEqualTo(new SpoolStore.Usage(0, 0, 0));
    }
    assertThat(openFiles()).as("open files").isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  private List<String> openFiles() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return List.of();
    }
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      return descriptors
          .map(AbortTest::target)
          .filter(target -> target.startsWith(directory.toString()))
          .toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // It was closed after it was listed.
      return "";
    }
  }

  private void run(SpoolStore store, int length, Moment moment) throws IOException {
    SmtpSession session =
        new SmtpSession(
            SessionConfig.defaults("mx.example.com"),
            Driver.address(192, 0, 2, 1),
            new Client.Listener("smtp", Driver.address(192, 0, 2, 25)),
            store,
            InstantSource.fixed(Driver.NOW));
    session.start();
    ByteBuf input = Unpooled.buffer();
    for (int i = 0; i < length; i++) {
      input.writeByte(SESSION[i]);
      Step step = session.advance(input);
      while (!(step instanceof Step.NeedInput) && !(step instanceof Step.Close)) {
        perform(session, step, i == length - 1 ? moment : Moment.AFTER_THE_SESSION_KNOWS);
        step = session.advance(input);
      }
    }
    session.abort();
  }

  private void perform(SmtpSession session, Step step, Moment moment) throws IOException {
    if (step instanceof Step.AskRecipient ask) {
      session.answer(new Application().recipient(ask.request()));
    } else if (step instanceof Step.AskMessage ask) {
      ask.mail().content().close();
      session.answer(new Application().message(ask.mail()));
    } else if (step instanceof Step.AwaitFlush await) {
      flush(session, await.sink(), moment);
    } else {
      throw new AssertionError("the session asks for " + step);
    }
  }

  private void flush(SmtpSession session, ContentSink sink, Moment moment) throws IOException {
    if (moment == Moment.BEFORE_THE_FLUSH) {
      session.abort();
    }
    whileFileIsMade = moment == Moment.WHILE_THE_FILE_IS_MADE ? session::abort : () -> {};
    sink.flush();
    if (moment == Moment.AFTER_THE_FLUSH) {
      session.abort();
    }
    session.flushed();
  }
}
