// SPDX-License-Identifier: Apache-2.0
/**
 * The application servers: one class for each, below {@link org.smtpinflow.it.container.Container}.
 * Also the archives that are deployed to them, and their logs.
 *
 * <p>Imports {@code environment} and {@code app}.
 */
package org.smtpinflow.it.container;
