// SPDX-License-Identifier: Apache-2.0
/**
 * Kills a server with the sample in it, under load, and compares what its clients were told with
 * what is in its database.
 *
 * <p>Imports {@code client}, {@code container} and {@code environment}.
 */
package org.smtpinflow.it.kill;
