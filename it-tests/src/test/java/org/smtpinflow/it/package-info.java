// SPDX-License-Identifier: Apache-2.0
/**
 * The tests: the archive as users deploy it, in a real container, with real clients. What a test
 * expects it reads from the wire and from the database that the beans write to, which runs outside
 * the container.
 *
 * <p>Imports all packages below.
 */
package org.smtpinflow.it;
