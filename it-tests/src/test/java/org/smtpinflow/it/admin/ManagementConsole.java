// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.smtpinflow.it.client.Browser;

/** WildFly's web console, in a real browser, at the page of the adapter that is named smtp. */
public final class ManagementConsole implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final By CONFIG_PROPERTIES =
      By.id("resource-adapter-configuration-attributes-form-config-properties-editing");

  private final ChromeDriver browser;
  private final WebDriverWait wait;

  /** Logs in; skips the test where there is no browser. */
  public ManagementConsole(AdministeredWildFly server, Path profile) {
    browser = Browser.open(profile, 1280, 1000);
    wait = new WebDriverWait(browser, PATIENCE);
    String address = "127.0.0.1:" + server.managementPort();
    browser.get(
        "http://%s:%s@%s/management"
            .formatted(AdministeredWildFly.USER, AdministeredWildFly.PASSWORD, address));
    browser.get("http://" + address + "/console/index.html#resource-adapter;name=smtp");
  }

  /** Sets the property smtpPort, which has a value already, and saves. */
  public void setSmtpPort(int port) throws IOException {
    click(By.xpath("//a[normalize-space()='Edit']"));
    WebElement field = wait.until(ExpectedConditions.visibilityOfElementLocated(CONFIG_PROPERTIES));
    click(
        By.xpath(
            "//*[contains(@class, 'tm-tag')][contains(., 'smtpPort=')]"
                + "/a[contains(@class, 'tm-tag-remove')]"));
    field.sendKeys("smtpPort=" + port, Keys.ENTER);
    Browser.takeScreenshot(browser, "wildfly-port-edited");
    click(By.xpath("//button[normalize-space()='Save']"));
    wait.until(ExpectedConditions.visibilityOfElementLocated(By.id("reload-link")));
    Browser.takeScreenshot(browser, "wildfly-port-saved");
  }

  /** Reloads the server, as the console asks for after a change. */
  public void reload() {
    click(By.id("reload-link"));
    click(By.xpath("//button[normalize-space()='Yes']"));
  }

  private void click(By what) {
    wait.until(page -> browser.findElements(what).stream().anyMatch(WebElement::isDisplayed));
    browser.findElements(what).stream()
        .filter(WebElement::isDisplayed)
        .findFirst()
        .orElseThrow()
        .click();
  }

  @Override
  public void close() {
    browser.quit();
  }
}
