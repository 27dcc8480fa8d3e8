// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/**
 * A sequence of octets of any length: an original message or a decoded attachment. The octets are
 * in {@link ContentPart}s, so that never all of them are on the heap at once.
 */
@Entity
@Table(name = "helpdesk_content")
public class StoredContent {

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "helpdesk_content_id")
  @SequenceGenerator(
      name = "helpdesk_content_id",
      sequenceName = "helpdesk_content_id",
      allocationSize = 1)
  private long id;

  private long octets;

  /** For the persistence provider. */
  protected StoredContent() {}

  /** Returns the primary key. */
  public long id() {
    return id;
  }

  /** Returns the length in octets. */
  public long octets() {
    return octets;
  }

  void grow(int more) {
    octets += more;
  }
}
