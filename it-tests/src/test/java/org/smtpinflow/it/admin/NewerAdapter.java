// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.smtpinflow.it.client.SmtpConnection;

/**
 * The adapter's archive as in a later version: its own jars have other names, and its sessions end
 * with another text.
 */
public final class NewerAdapter {

  private static final String FORMER_WORD = "Goodbye";

  /** As long as the former one, because a class file contains the length of its strings. */
  private static final String WORD = "Upgrade";

  private NewerAdapter() {}

  /** Puts it in the place of the adapter as it was built. */
  public static void replace(Path archive) throws IOException {
    byte[] former = Files.readAllBytes(archive);
    try (OutputStream out = Files.newOutputStream(archive)) {
      copy(new ByteArrayInputStream(former), out);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    ZipInputStream entries = new ZipInputStream(in);
    ZipOutputStream copies = new ZipOutputStream(out);
    for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
      boolean jar = entry.getName().endsWith(".jar");
      copies.putNextEntry(
          new ZipEntry(entry.getName().replaceFirst("^(smtp-inflow-.*)\\.jar$", "$1-newer.jar")));
      copies.write(jar ? jar(entries.readAllBytes()) : file(entries.readAllBytes()));
      copies.closeEntry();
    }
    copies.finish();
  }

  private static byte[] jar(byte[] former) throws IOException {
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    copy(new ByteArrayInputStream(former), jar);
    return jar.toByteArray();
  }

  private static byte[] file(byte[] former) {
    return new String(former, ISO_8859_1).replace(FORMER_WORD, WORD).getBytes(ISO_8859_1);
  }

  /** Returns whether the adapter at a port is this one. */
  public static boolean isAt(int port) {
    try (SmtpConnection session = new SmtpConnection(port)) {
      session.readReply();
      return session.command("QUIT").contains(WORD);
    } catch (IOException e) {
      return false;
    }
  }
}
