// SPDX-License-Identifier: Apache-2.0
/**
 * The server's side of SMTP (RFC 5321) and LMTP (RFC 2033), without I/O: octets in, replies and
 * steps out. It uses no sockets, files or threads, and no clock except the one that it is given.
 *
 * <p>May import the API, {@code smtp.content}, {@code smtp.sasl} and Netty's buffers.
 */
package org.smtpinflow.smtp.protocol;
