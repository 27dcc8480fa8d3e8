// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.smtpinflow.api.Mail;

/** A mail to the postmaster. */
@Entity
@Table(name = "helpdesk_note")
public class PostmasterNote extends StoredMail {

  @Embedded private ReadableMail readable;

  /** For the persistence provider. */
  protected PostmasterNote() {}

  PostmasterNote(Mail mail, StoredContent original, ReadableMail readable) {
    super(mail, original);
    this.readable = readable;
  }

  /** Returns the readable parts of the mail. */
  public ReadableMail readable() {
    return readable;
  }
}
