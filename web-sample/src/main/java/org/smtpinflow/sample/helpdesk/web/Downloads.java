// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.sample.helpdesk.web;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.smtpinflow.sample.helpdesk.ContentRepository;
import org.smtpinflow.sample.helpdesk.StoredContent;

/** Makes the answers that hand out what strangers sent: to be saved, never to be shown. */
@Dependent
class Downloads {

  @Inject private ContentRepository contents;

  /** Hands out an original. */
  Response mail(StoredContent content, String fileName) {
    return response(content, MediaType.valueOf("message/rfc822"), fileName);
  }

  /**
   * Hands out an attachment. Its type is not the one that its sender claims: a script from here
   * would be a script of this page's own origin.
   */
  Response file(StoredContent content, String fileName) {
    return response(content, MediaType.APPLICATION_OCTET_STREAM_TYPE, fileName);
  }

  private Response response(StoredContent content, MediaType type, String fileName) {
    StreamingOutput body = out -> copy(content, out);
    return Response.ok(body, type)
        .header(HttpHeaders.CONTENT_LENGTH, content.octets())
        .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment(fileName))
        .build();
  }

  private void copy(StoredContent content, OutputStream out) throws IOException {
    Optional<byte[]> part = contents.part(content.id(), 0);
    for (int number = 1; part.isPresent(); number++) {
      out.write(part.get());
      part = contents.part(content.id(), number);
    }
  }
}
