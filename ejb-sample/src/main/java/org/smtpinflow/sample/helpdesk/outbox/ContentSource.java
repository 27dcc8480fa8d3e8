// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.outbox;

import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.smtpinflow.sample.helpdesk.ContentRepository;

/** A file in the database, for Jakarta Mail. Only one part of it is on the heap at a time. */
final class ContentSource implements DataSource {

  private final OutgoingMail.File file;
  private final ContentRepository contents;

  ContentSource(OutgoingMail.File file, ContentRepository contents) {
    this.file = file;
    this.contents = contents;
  }

  @Override
  public InputStream getInputStream() {
    return new Parts();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    throw new IOException("a file that was received cannot be written");
  }

  /**
   * Returns the media type. For messages and multiparts it is another one, as Jakarta Mail would
   * parse their octets and write them anew.
   */
  @Override
  public String getContentType() {
    boolean composite = file.type().startsWith("message/") || file.type().startsWith("multipart/");
    return composite ? "application/octet-stream" : file.type();
  }

  @Override
  public String getName() {
    return file.name();
  }

  private final class Parts extends InputStream {

    private int number;
    private byte[] part = {};
    private int position;

    @Override
    public int read() {
      byte[] octet = new byte[1];
      return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position == part.length && !next()) {
        return -1;
      }
      int count = Math.min(length, part.length - position);
      System.arraycopy(part, position, target, offset, count);
      position += count;
      return count;
    }

    private boolean next() {
      Optional<byte[]> next = contents.part(file.contentId(), number++);
      part = next.orElse(part);
      position = next.isPresent() ? 0 : part.length;
      return next.isPresent();
    }
  }
}
