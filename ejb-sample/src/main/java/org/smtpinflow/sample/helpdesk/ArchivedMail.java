// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.smtpinflow.api.Mail;

/** The archive's copy of a mail. */
@Entity
@Table(name = "helpdesk_archive")
public class ArchivedMail extends StoredMail {

  /** For the persistence provider. */
  protected ArchivedMail() {}

  ArchivedMail(Mail mail, StoredContent original) {
    super(mail, original);
  }
}
