// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.smtpinflow.api.Mail;

/** A mail to the postmaster. */
@Entity
@Table(name = "helpdesk_note")
public class PostmasterNote extends ReceivedMail {

  @Embedded private Letter letter;

  /** For the persistence provider. */
  protected PostmasterNote() {}

  PostmasterNote(Mail mail, Content original, Letter letter) {
    super(mail, original);
    this.letter = letter;
  }

  /** Returns what people read of the mail. */
  public Letter letter() {
    return letter;
  }
}
