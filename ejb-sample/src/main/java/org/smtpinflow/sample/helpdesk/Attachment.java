// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import org.smtpinflow.sample.helpdesk.mime.MimeReading;

/** A file that came with a message. */
@Entity
@Table(
    name = "helpdesk_attachment",
    uniqueConstraints =
        @UniqueConstraint(
            name = "helpdesk_attachment_number",
            columnNames = {"message_id", "attachment_number"}))
public class Attachment {

  /** The maximum number of characters of its name and type. */
  static final int MAX_NAMES = 2 * MimeReading.MAX_NAME;

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "helpdesk_attachment_id")
  @SequenceGenerator(
      name = "helpdesk_attachment_id",
      sequenceName = "helpdesk_attachment_id",
      allocationSize = 1)
  private long id;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  @JoinColumn(name = "message_id")
  private TicketMessage message;

  @Column(name = "attachment_number")
  private int number;

  @Column(name = "file_name", nullable = false, length = MimeReading.MAX_NAME)
  private String name;

  @Column(name = "media_type", nullable = false, length = MimeReading.MAX_NAME)
  private String type;

  private boolean damaged;

  @ManyToOne(optional = false, fetch = FetchType.LAZY)
  @JoinColumn(name = "content_id")
  private StoredContent content;

  /** For the persistence provider. */
  protected Attachment() {}

  Attachment(TicketMessage message, int number, StoredFile file) {
    this.message = message;
    this.number = number;
    this.name = file.name();
    this.type = file.type();
    this.damaged = file.damaged();
    this.content = file.content();
  }

  /** Returns the message that the file came with. */
  public TicketMessage message() {
    return message;
  }

  /** Returns the place of this file in its message, from 1. */
  public int number() {
    return number;
  }

  /** Returns the name that the sender gave the file. It must not be used as a path. */
  public String name() {
    return name;
  }

  /** Returns the media type that the sender gave, without parameters. */
  public String type() {
    return type;
  }

  /**
   * Returns whether only a part of the file could be decoded; the original contains the whole file.
   */
  public boolean damaged() {
    return damaged;
  }

  /** Returns the file, decoded. */
  public StoredContent content() {
    return content;
  }
}
