// SPDX-License-Identifier: Apache-2.0
/**
 * The archive as users deploy it, on a real WildFly, with real clients. What a test expects it
 * reads from the wire and from the database that the beans write to, which runs outside the server.
 */
package org.smtpinflow.it;
