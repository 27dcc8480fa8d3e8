// SPDX-License-Identifier: Apache-2.0
/**
 * What the tests and the containers have around them: the settings of the build, free ports,
 * programs of the operating system, and the database that beans write to.
 *
 * <p>Imports no other package of the tests.
 */
package org.smtpinflow.it.environment;
