// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAdapter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.smtpinflow.api.MailServerStoppedException;

/** What calls do while the adapter runs is tested in a real server. */
class AdministeredMailServerTest {

  private static AdministeredMailServer of(ResourceAdapter adapter) throws ResourceException {
    AdministeredMailServer server = new AdministeredMailServer();
    server.setResourceAdapter(adapter);
    return server;
  }

  @Test
  void reportsThatItsAdapterDoesNotRun() throws ResourceException {
    AdministeredMailServer server = of(new SmtpResourceAdapter());
    assertThatThrownBy(server::pause)
        .isInstanceOf(MailServerStoppedException.class)
        .hasMessageContaining("does not run: look the mail server up");
    assertThatThrownBy(server::statistics).isInstanceOf(MailServerStoppedException.class);
  }

  @Test
  void reportsThatItHasNoAdapter() {
    assertThatThrownBy(() -> new AdministeredMailServer().resume())
        .isInstanceOf(MailServerStoppedException.class)
        .hasMessageContaining("belongs to no resource adapter");
  }

  @Test
  void belongsOnlyToAnSmtpResourceAdapter() {
    ResourceAdapter other =
        (ResourceAdapter)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ResourceAdapter.class},
                (proxy, method, arguments) -> "other");
    assertThatThrownBy(() -> of(other)).isInstanceOf(NotSupportedException.class);
  }

  @Test
  void isEqualToThoseOfItsAdapter() throws ResourceException {
    SmtpResourceAdapter adapter = new SmtpResourceAdapter();
    assertThat(of(adapter)).isEqualTo(of(adapter)).hasSameHashCodeAs(of(adapter));
    assertThat(of(adapter)).isNotEqualTo(of(new SmtpResourceAdapter()));
  }

  @Test
  void leavesItsAdapterBehindWhenItIsSerialized()
      throws ResourceException, IOException, ClassNotFoundException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    new ObjectOutputStream(octets).writeObject(of(new SmtpResourceAdapter()));
    ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(octets.toByteArray()));
    assertThat(in.readObject()).isEqualTo(new AdministeredMailServer());
  }
}
