// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.smtpinflow.it.admin.SecureAdapter;
import org.smtpinflow.it.app.SenderBean;
import org.smtpinflow.it.client.SaslClient;
import org.smtpinflow.it.client.SmtpConnection;
import org.smtpinflow.it.client.Submission;
import org.smtpinflow.it.client.TestCertificates;
import org.smtpinflow.it.client.TestIssuer;
import org.smtpinflow.it.client.TlsClient;
import org.smtpinflow.it.client.Transcript;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.Container;
import org.smtpinflow.it.container.ServerLog;
import org.smtpinflow.it.container.TomEE;
import org.smtpinflow.it.container.UnsupportedOn;
import org.smtpinflow.it.environment.Await;
import org.smtpinflow.it.environment.TestEnvironment;

/** Whatever is logged, and however much of it: no secret is. */
@ExtendWith(ArquillianExtension.class)
@UnsupportedOn(
    value = TomEE.class,
    because = "the server's log names the classes of the adapter, not its loggers")
class SecretsIT {

  private static final SecureAdapter ADAPTER = new SecureAdapter("secrets");

  private static final String USER = "secretive";
  private static final String PASSWORD = "c0rrect-h0rse-battery";
  private static final String WRONG_PASSWORD = "st4ple-wr0ng-passw0rd";
  private static final String MISPLACED = "pw-where-the-name-belongs";
  private static final String OTHER_USER = "secretive-scram";
  private static final String OTHER_PASSWORD = "0ther-h0rse-p4ssword";

  private static final String SUBJECT = "a-subject-for-the-bean-alone";
  private static final String BODY = "a-line-for-the-bean-alone";

  /** How a record of the adapter names its logger; on Open Liberty behind numbers. */
  private static final Pattern LOGGER = Pattern.compile("(?:\\[|[0-9a-f]{8} )org\\.smtpinflow\\b");

  /** The adapter's log line of an attempt, at INFO; the port identifies the attempt. */
  private static final Pattern OUTCOME =
      Pattern.compile(
          LOGGER
              + "\\.smtp\\b(?s:.*) client 127\\.0\\.0\\.1:(\\d+)"
              + " (authenticated as \\S+|failed to authenticate) by ([A-Z0-9-]+)");

  /** What came of each attempt, by the port that it came from. */
  private final Map<Integer, List<String>> attempts = new HashMap<>();

  private final Set<String> secrets = new HashSet<>();

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.application("secrets", ADAPTER.archive(), SenderBean.class);
  }

  private void attempt(
      String mechanism, boolean success, TlsClient client, SaslClient.Authentication authentication)
      throws IOException {
    try (SmtpConnection session = client.submissions()) {
      SaslClient sasl = new SaslClient(session);
      assertThat(authentication.with(sasl)).startsWith(success ? "235 " : "535 ");
      attempts.put(session.localPort(), List.of(mechanism + (success ? " accepted" : " refused")));
      secrets.addAll(sasl.sent());
      if (success) {
        assertThat(Submission.send(session, "secret@sender.example")).startsWith("250 ");
      }
    }
  }

  private void attempt(String mechanism, boolean success, SaslClient.Authentication authentication)
      throws IOException {
    attempt(mechanism, success, TlsClient.of(), authentication);
  }

  private void attemptAll() throws IOException {
    attempt("PLAIN", true, client -> client.plain(USER, PASSWORD));
    attempt("PLAIN", true, client -> client.plainWhenAsked(USER, PASSWORD));
    attempt("PLAIN", false, client -> client.plain(USER, WRONG_PASSWORD));
    attempt("LOGIN", true, client -> client.login(USER, PASSWORD));
    attempt("LOGIN", false, client -> client.login(USER, WRONG_PASSWORD));
    attempt("PLAIN", false, client -> client.plain(MISPLACED, USER));
    attempt("SCRAM-SHA-256", true, client -> client.scram(OTHER_USER, OTHER_PASSWORD));
    attempt("SCRAM-SHA-256", false, client -> client.scram(OTHER_USER, WRONG_PASSWORD));
    attempt(
        "SCRAM-SHA-256-PLUS",
        true,
        client ->
            client.scramPlus(OTHER_USER, OTHER_PASSWORD, ADAPTER.certificate().getCertificate()));
    TlsClient certified =
        TlsClient.withCertificate(TestCertificates.client(TestCertificates.AUTHORITY, "certified"));
    attempt("EXTERNAL", true, certified, SaslClient::external);
    attempt("EXTERNAL", false, certified, client -> client.external("somebody-else"));
    String token = token(ADAPTER.issuer());
    String forged = token(new TestIssuer("key-1"));
    attempt("OAUTHBEARER", true, client -> client.oauthbearer(token));
    attempt("OAUTHBEARER", false, client -> client.oauthbearer(forged));
    attempt("XOAUTH2", true, client -> client.xoauth2("token-user", token));
    attempt("XOAUTH2", false, client -> client.xoauth2("token-user", forged));
  }

  /** What is malformed, cancelled or said in clear text is no attempt, and no less secret. */
  private void misuse() throws IOException {
    String response = base64("\0" + USER + "\0" + PASSWORD);
    secrets.add(response);
    try (SmtpConnection session = TlsClient.of().submissions()) {
      assertThat(session.command("AUTH PLAIN " + response + "!")).startsWith("501 5.5.2 ");
      assertThat(session.command("AUTH CRAM-MD5 " + response)).startsWith("504 5.5.4 ");
      assertThat(session.command("AUTH PLAIN " + response + " " + response)).startsWith("501 ");
      assertThat(session.command("AUTH LOGIN")).startsWith("334 ");
      assertThat(session.command(PASSWORD + " ")).startsWith("501 5.5.2 ");
      assertThat(session.command(response)).startsWith("500 ");
    }
    try (SmtpConnection session = new SmtpConnection(TestEnvironment.SUBMISSION_PORT).greet()) {
      assertThat(session.command("AUTH PLAIN " + response)).startsWith("530 ");
    }
  }

  /** What a mail says is between its sender and the bean. */
  private void sendMail() throws IOException {
    secrets.addAll(List.of(SUBJECT, BODY));
    Transcript.play(
        """
        S: 220 ...
        C: HELO client.example
        S: 250 ...
        C: MAIL FROM:<last@example.org>
        S: 250 2.1.0 ...
        C: RCPT TO:<content@sender.example>
        S: 250 2.1.5 ...
        C: DATA
        S: 354 ...
        C: Subject: %s
        C:
        C: %s
        C: .
        S: 250 2.0.0 ...
        """
            .formatted(SUBJECT, BODY));
  }

  private String token(TestIssuer issuer) {
    String token = issuer.token("token-user", Duration.ofMinutes(5), "agent");
    secrets.add(token);
    secrets.add(token.substring(token.lastIndexOf('.') + 1));
    return token;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private void addSecretsOfTheFiles() throws IOException {
    Matcher verifier =
        Pattern.compile("[A-Za-z0-9+/=]{20,}")
            .matcher(Files.readString(ADAPTER.file("credentials")));
    while (verifier.find()) {
      secrets.add(verifier.group());
    }
    secrets.add(
        Files.readString(ADAPTER.file("privkey.pem")).lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void noSecretIsInTheLogThoughEverythingElseIs() throws IOException {
    Container.underTest().addUser(USER, PASSWORD, "agent");
    ADAPTER.addCredentials(OTHER_USER, OTHER_PASSWORD, "agent");
    for (String password : List.of(PASSWORD, WRONG_PASSWORD, OTHER_PASSWORD)) {
      secrets.add(password);
      secrets.add(base64(password));
    }
    addSecretsOfTheFiles();
    List<ServerLog> logs = ServerLog.all();
    ServerLog usual = logs.get(0);
    Container.underTest().logEverything(true);
    try {
      // So this does see what is logged. GlassFish logs more a moment after it was told to.
      Await.until("the level", () -> logs.stream().anyMatch(SecretsIT::logsSessions));
      attemptAll();
      misuse();
      sendMail();
      Await.until("the mail", () -> usual.text().contains("from <last@example.org> to "));
    } finally {
      Container.underTest().logEverything(false);
    }

    assertThat(secrets).hasSizeGreaterThan(20);
    assertThat(logs).as("replies").anyMatch(log -> log.text().contains(" S: 334 "));
    assertThat(logs).allSatisfy(this::assertThatItHasNoSecret);
    assertThat(outcomes(usual)).isEqualTo(attempts);
  }

  /** Makes a session, and returns whether one is logged. */
  private static boolean logsSessions(ServerLog log) {
    try (SmtpConnection session = new SmtpConnection().greet()) {
      session.command("QUIT");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log.records(ServerLog.Level.DEBUG).stream()
        .anyMatch(record -> LOGGER.matcher(record).find());
  }

  /** The container logs the name in every attempt; the adapter logs it only after a success. */
  private void assertThatItHasNoSecret(ServerLog log) {
    assertThat(linesWithSecrets(log.text())).isEmpty();
    assertThat(log.records())
        .filteredOn(record -> LOGGER.matcher(record).find())
        .isNotEmpty()
        .noneMatch(record -> record.contains(MISPLACED));
  }

  private List<String> linesWithSecrets(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      secrets.stream()
          .filter(line::contains)
          .findFirst()
          .ifPresent(secret -> lines.add(secret + " is in: " + line));
    }
    return lines;
  }

  /** Returns what the log says of each attempt: one line. */
  private static Map<Integer, List<String>> outcomes(ServerLog log) {
    Map<Integer, List<String>> outcomes = new HashMap<>();
    for (String record : log.records(ServerLog.Level.INFO)) {
      Matcher outcome = OUTCOME.matcher(record);
      if (outcome.find()) {
        outcomes
            .computeIfAbsent(Integer.valueOf(outcome.group(1)), none -> new ArrayList<>())
            .add(
                outcome.group(3)
                    + (outcome.group(2).startsWith("failed") ? " refused" : " accepted"));
      }
    }
    return outcomes;
  }
}
