// SPDX-License-Identifier: Apache-2.0
/**
 * What is deployed to the container under test: beans that write down what they see, and that do
 * what the test wants of them.
 *
 * <p>Imports no other package of the tests, as these classes run in the container.
 */
package org.smtpinflow.it.app;
