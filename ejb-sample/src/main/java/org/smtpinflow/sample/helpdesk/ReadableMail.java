// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.List;
import java.util.Optional;
import org.smtpinflow.sample.helpdesk.mime.MimeReading;

/** A mail as people read it: the header fields that are shown, and the text. */
@Embeddable
public class ReadableMail {

  @Column(name = "subject_field", nullable = false, length = MimeReading.MAX_FIELD)
  private String subject;

  @Column(name = "from_field", nullable = false, length = MimeReading.MAX_FIELD)
  private String from;

  @Column(name = "to_field", nullable = false, length = MimeReading.MAX_FIELD)
  private String to;

  @Column(name = "cc_field", nullable = false, length = MimeReading.MAX_FIELD)
  private String cc;

  @Column(name = "date_field", nullable = false, length = MimeReading.MAX_FIELD)
  private String date;

  /** Null in rows from before this column. */
  @Column(name = "message_id_field", length = MimeReading.MAX_FIELD)
  private String messageId;

  @Column(name = "body_text", nullable = false, length = MimeReading.MAX_TEXT)
  private String text;

  @Column(name = "text_truncated")
  private boolean textTruncated;

  @Column(name = "remarks", nullable = false, length = MimeReading.MAX_FIELD)
  private String remarks;

  /** For the persistence provider. */
  protected ReadableMail() {}

  ReadableMail(MimeReading reading) {
    this.subject = reading.subject();
    this.from = reading.from();
    this.to = reading.to();
    this.cc = reading.cc();
    this.date = reading.date();
    this.messageId = reading.messageId();
    this.text = reading.text();
    this.textTruncated = reading.textTruncated();
    this.remarks = String.join("\n", reading.remarks());
  }

  /** Returns the subject, decoded; empty if there was none. */
  public String subject() {
    return subject;
  }

  /** Returns the authors, decoded; empty if there were none. The sender can write any name. */
  public String from() {
    return from;
  }

  /** Returns the To field, decoded. */
  public String to() {
    return to;
  }

  /** Returns the Cc field, decoded. */
  public String cc() {
    return cc;
  }

  /** Returns the Date field, not parsed. */
  public String date() {
    return date;
  }

  /** Returns the Message-ID; empty if there was none, or it is not a message id. */
  public Optional<String> messageId() {
    return Optional.ofNullable(messageId).filter(id -> !id.isEmpty());
  }

  /** Returns the text. Line feeds separate its lines. */
  public String text() {
    return text;
  }

  /** Returns whether the text was too long to be kept whole; the original has all of it. */
  public boolean textTruncated() {
    return textTruncated;
  }

  /** Returns what could not be read, one sentence each. */
  public List<String> remarks() {
    return remarks.lines().toList();
  }
}
