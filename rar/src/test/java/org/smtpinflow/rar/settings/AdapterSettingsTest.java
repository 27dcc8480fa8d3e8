// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.InvalidPropertyException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smtpinflow.api.Domain;
import org.smtpinflow.rar.SmtpResourceAdapter;
import org.smtpinflow.smtp.protocol.SessionConfig.BareNewlines;

class AdapterSettingsTest {

  private final SmtpResourceAdapter adapter = new SmtpResourceAdapter();

  private AdapterSettings settings() throws InvalidPropertyException {
    return AdapterSettings.of(adapter, (user, password) -> Optional.empty());
  }

  @Test
  void theDefaultsAreValid() throws InvalidPropertyException {
    AdapterSettings settings = settings();
    assertThat(settings.server().listeners())
        .singleElement()
        .satisfies(
            listen -> {
              assertThat(listen.name()).isEqualTo("smtp");
              assertThat(listen.address().getAddress().isLoopbackAddress()).isTrue();
              assertThat(listen.address().getPort()).isEqualTo(2525);
            });
    assertThat(settings.server().listeners().get(0).session().bareNewlines())
        .isEqualTo(BareNewlines.REFUSE);
    assertThat(settings.server().listeners().get(0).session().traceFields()).isTrue();
  }

  @Test
  void everyPropertyIsApplied(@TempDir Path directory) throws InvalidPropertyException {
    adapter.setBindAddress("::1");
    adapter.setSmtpPort("25");
    adapter.setServerName("mx.example.com");
    adapter.setMaxMessageSize("70001");
    adapter.setMaxRecipients("102");
    adapter.setMaxTransactionsPerSession("3");
    adapter.setMaxErrorsPerSession("4");
    adapter.setMaxSessions("5");
    adapter.setMaxSessionsPerClient("6");
    adapter.setCommandTimeout("7");
    adapter.setDataTimeout("8");
    adapter.setMinDataRate("18");
    adapter.setCrowdedTimeout("19");
    adapter.setAcceptBareNewlines("true");
    adapter.setTraceFields("false");
    adapter.setContentThreshold("9");
    adapter.setContentDirectory(directory.toString());
    adapter.setContentBudget("70010");
    adapter.setEventLoops("11");
    adapter.setMaxDeliveries("12");
    adapter.setDeliveryWait("13");
    adapter.setDrainTimeout("14");
    adapter.setSettleTime("15");
    adapter.setStartPaused("true");

    AdapterSettings settings = settings();

    var server = settings.server();
    var session = server.listeners().get(0).session();
    assertThat(server.listeners().get(0).address()).hasToString("/[0:0:0:0:0:0:0:1]:25");
    assertThat(session.serverName()).isEqualTo("mx.example.com");
    assertThat(session.limits().messageSize()).isEqualTo(70_001);
    assertThat(session.limits().recipients()).isEqualTo(102);
    assertThat(session.limits().transactions()).isEqualTo(3);
    assertThat(session.limits().errors()).isEqualTo(4);
    assertThat(server.sessions()).isEqualTo(5);
    assertThat(server.sessionsPerClient()).isEqualTo(6);
    assertThat(session.timeouts().command()).isEqualTo(Duration.ofSeconds(7));
    assertThat(session.timeouts().data()).isEqualTo(Duration.ofSeconds(8));
    assertThat(session.timeouts().minDataRate()).isEqualTo(18);
    assertThat(session.timeouts().crowded()).isEqualTo(Duration.ofSeconds(19));
    assertThat(session.bareNewlines()).isEqualTo(BareNewlines.ACCEPT);
    assertThat(session.traceFields()).isFalse();
    assertThat(server.content().threshold()).isEqualTo(9);
    assertThat(server.content().directory()).isEqualTo(directory);
    assertThat(server.content().budget()).isEqualTo(70_010);
    assertThat(server.eventLoops()).isEqualTo(11);
    assertThat(settings.maxDeliveries()).isEqualTo(12);
    assertThat(settings.deliveryWait()).isEqualTo(Duration.ofSeconds(13));
    assertThat(settings.settleTime()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(14));
    assertThat(settings.startPaused()).isTrue();
    assertThat(settings.serverName()).isEqualTo(Domain.parse("mx.example.com"));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(
            "smtpPort: 'smtp' is not a whole number between -1 and 65535",
            a -> a.setSmtpPort("smtp")),
        wrong("smtpPort: '' is not a whole number", a -> a.setSmtpPort("")),
        wrong("smtpPort: 4294969821 is not between", a -> a.setSmtpPort("4294969821")),
        wrong(
            "maxMessageSize: '10MB' is not a whole number that is at least 65536",
            a -> a.setMaxMessageSize("10MB")),
        wrong("contentBudget: '1G' is not a whole number", a -> a.setContentBudget("1G")),
        wrong("traceFields: 'no' is neither true nor false", a -> a.setTraceFields("no")),
        wrong("startPaused: '1' is neither true nor false", a -> a.setStartPaused("1")),
        wrong(
            "acceptBareNewlines: 'on' is neither true nor false",
            a -> a.setAcceptBareNewlines("on")),
        wrong("smtpPort: 65536 is not between -1 and 65535", a -> a.setSmtpPort("65536")),
        wrong("smtpPort: -2 is not between -1 and 65535", a -> a.setSmtpPort("-2")),
        wrong("smtpPort: -1, and no other listener is open either", a -> a.setSmtpPort("-1")),
        wrong("lmtpPort: 2525 is the port of listener smtp", a -> a.setLmtpPort("2525")),
        wrong("serverName: 'not a name' is neither", a -> a.setServerName("not a name")),
        wrong("bindAddress: 'no.such.host.invalid'", a -> a.setBindAddress("no.such.host.invalid")),
        wrong("maxMessageSize: 65535 is less than 65536", a -> a.setMaxMessageSize("65535")),
        wrong("maxHeaderSize: 4095 is not between 4096", a -> a.setMaxHeaderSize("4095")),
        wrong("maxHeaderFields: 99 is not between 100", a -> a.setMaxHeaderFields("99")),
        wrong("maxRecipients: 99 is not between 100", a -> a.setMaxRecipients("99")),
        wrong("maxTransactionsPerSession: 0", a -> a.setMaxTransactionsPerSession("0")),
        wrong("maxErrorsPerSession: 0", a -> a.setMaxErrorsPerSession("0")),
        wrong("maxJunkCommandsPerSession: 9 is not", a -> a.setMaxJunkCommandsPerSession("9")),
        wrong("maxSessions: 0 is not between 1", a -> a.setMaxSessions("0")),
        wrong("maxSessionsPerClient: 0", a -> a.setMaxSessionsPerClient("0")),
        wrong("commandTimeout: 0 is not between 1", a -> a.setCommandTimeout("0")),
        wrong("minDataRate: 0 is not between 1 and 1000000", a -> a.setMinDataRate("0")),
        wrong("crowdedTimeout: 0 is not between 1 and 86400", a -> a.setCrowdedTimeout("0")),
        wrong("dataTimeout: 86401 is not between 1 and 86400", a -> a.setDataTimeout("86401")),
        wrong("contentThreshold: -1", a -> a.setContentThreshold("-1")),
        wrong("contentDirectory: '/no/such'", a -> a.setContentDirectory("/no/such")),
        wrong("contentDirectory: 'a\0b'", a -> a.setContentDirectory("a\0b")),
        wrong(
            "contentBudget: 52428799 is less than maxMessageSize",
            a -> a.setContentBudget("52428799")),
        wrong("eventLoops: 65 is not between 1 and 64", a -> a.setEventLoops("65")),
        wrong("maxDeliveries: 0 is not between 1 and 1000", a -> a.setMaxDeliveries("0")),
        wrong("deliveryWait: 541 is not between 0 and 540", a -> a.setDeliveryWait("541")),
        wrong("settleTime: 61 is not between 0 and 60", a -> a.setSettleTime("61")),
        wrong("drainTimeout: -1 is not between 0 and 3600", a -> a.setDrainTimeout("-1")));
  }

  private static Arguments wrong(String message, Consumer<AdapterProperties> change) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void anInvalidValueIsReportedWithTheAllowedValues(
      String message, Consumer<AdapterProperties> change) {
    change.accept(adapter);
    assertThatThrownBy(this::settings)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessageStartingWith(message);
  }
}
