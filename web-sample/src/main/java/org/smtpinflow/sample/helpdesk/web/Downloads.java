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

/** Makes responses with content from strangers, which browsers save and never show. */
@Dependent
class Downloads {

  @Inject private ContentRepository contents;

  /** Returns a response with an original. */
  Response mail(StoredContent content, String fileName) {
    return response(content, MediaType.valueOf("message/rfc822"), fileName);
  }

  /**
   * Returns a response with an attachment. Its type is not that of the sender, because a script
   * from here would have the origin of the page.
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
