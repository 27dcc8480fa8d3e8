// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.rar;

import jakarta.resource.NotSupportedException;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import javax.naming.Reference;
import org.smtpinflow.api.MailServer;
import org.smtpinflow.api.MailServerStatistics;
import org.smtpinflow.api.MailServerStoppedException;
import org.smtpinflow.rar.inflow.RunningAdapter;

/**
 * The adapter's administered object, which passes each call on to its adapter (Jakarta Connectors
 * 2.1, section 13.4.3). Two objects with the same adapter are equal.
 *
 * <p>The object is serializable and has a reference because containers demand both before they bind
 * it. A deserialized object has no adapter until a container sets one.
 */
public class AdministeredMailServer
    implements MailServer, ResourceAdapterAssociation, Referenceable, Serializable {

  private static final long serialVersionUID = 1L;

  private transient volatile SmtpResourceAdapter adapter;
  private Reference reference;

  /** Makes an object without an adapter. The container needs this constructor. */
  public AdministeredMailServer() {}

  @Override
  public void pause() {
    running().pause();
  }

  @Override
  public void resume() {
    running().resume();
  }

  @Override
  public boolean drain(Duration patience) {
    return running().drain(patience);
  }

  @Override
  public MailServerStatistics statistics() {
    return running().statistics();
  }

  private RunningAdapter running() {
    SmtpResourceAdapter associated = adapter;
    if (associated == null) {
      throw new MailServerStoppedException(
          "this mail server belongs to no resource adapter: look it up in the application server that"
              + " runs the adapter");
    }
    return associated
        .running()
        .orElseThrow(
            () ->
                new MailServerStoppedException(
                    "the resource adapter of this mail server does not run: look the mail server up"
                        + " again after the adapter has been started"));
  }

  @Override
  public ResourceAdapter getResourceAdapter() {
    return adapter;
  }

  @Override
  public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
    if (!(resourceAdapter instanceof SmtpResourceAdapter smtpAdapter)) {
      throw new NotSupportedException(
          "a mail server belongs to an SmtpResourceAdapter, not to " + resourceAdapter);
    }
    adapter = smtpAdapter;
  }

  @Override
  public Reference getReference() {
    return reference;
  }

  @Override
  public void setReference(Reference reference) {
    this.reference = reference;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AdministeredMailServer server
        && Objects.equals(adapter, server.adapter);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(adapter);
  }
}
