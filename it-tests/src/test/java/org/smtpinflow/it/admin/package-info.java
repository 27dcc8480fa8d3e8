// SPDX-License-Identifier: Apache-2.0
/**
 * What an administrator works with: servers as they are downloaded, their consoles, and the scripts
 * and files that the pages in docs show.
 *
 * <p>Imports {@code client}, {@code container} and {@code environment}.
 */
package org.smtpinflow.it.admin;
