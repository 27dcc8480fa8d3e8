// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.smtpinflow.it.client.Browser;

/**
 * The administration console of Payara or GlassFish, in a real browser. A domain whose
 * administrator has no password asks for no login.
 */
public final class DomainConsole implements AutoCloseable {

  /** The console is deployed when it is asked for the first time. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final int WIDTH = 1200;

  private static final String PROPERTY_ROW =
      "//tr[contains(@id, 'basicTable')][.//input[@type='text'][@value='%s']]";

  private final AdministeredDomain server;
  private final ChromeDriver browser;
  private final WebDriverWait wait;

  /** Skips the test where there is no browser. */
  public DomainConsole(AdministeredDomain server, Path profile) {
    this.server = server;
    browser = Browser.open(profile, WIDTH, 1000);
    wait = new WebDriverWait(browser, PATIENCE);
    wait.ignoring(StaleElementReferenceException.class);
  }

  private void open(String page) {
    browser.get("http://127.0.0.1:" + server.adminPort() + page);
  }

  /** Sets a property of the adapter that has a value already. */
  public void setProperty(String name, String value) throws IOException {
    open("/jca/resourceAdapterConfigs.jsf");
    click(link(AdministeredDomain.ADAPTER));
    WebElement field =
        visible(By.xpath(PROPERTY_ROW.formatted(name) + "//input[contains(@id, ':col3:col1St')]"));
    field.clear();
    field.sendKeys(value);
    takeScreenshot("port-edited");
    click(button("Save"));
    awaitMessage("New values successfully saved.");
  }

  public void disable(String application) {
    press("Disable", application);
    awaitMessage("Selected application(s) has been disabled.");
  }

  public void enable(String application) {
    press("Enable", application);
    awaitMessage("Selected application(s) has been enabled.");
  }

  private void press(String what, String application) {
    open("/common/applications/applications.jsf");
    click(
        By.xpath(
            "//tr[.//a[normalize-space()='%s']]//input[contains(@id, 'deployTable')][@type='checkbox']"
                .formatted(application)));
    wait.until(ExpectedConditions.elementToBeClickable(button(what)));
    click(button(what));
  }

  /** Returns what the console offers to set when an adapter is given properties, and its value. */
  public Map<String, String> offeredProperties() throws IOException {
    open("/jca/resourceAdapterConfigNew.jsf");
    new Select(visible(By.xpath("//select[option[normalize-space()='smtp-inflow']]")))
        .selectByVisibleText(AdministeredDomain.ADAPTER);
    visible(By.xpath(PROPERTY_ROW.formatted("smtpPort")));
    browser.manage().window().setSize(new Dimension(WIDTH, 1300));
    takeScreenshot("properties");
    List<WebElement> names = browser.findElements(propertyFields(2));
    List<WebElement> values = browser.findElements(propertyFields(3));
    Map<String, String> properties = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      properties.put(value(names.get(i)), value(values.get(i)));
    }
    return properties;
  }

  /** Keeps what is shown now, for the page of the server. */
  public void takeScreenshot(String name) throws IOException {
    Browser.takeScreenshot(browser, AdministeredDomain.PRODUCT + "-" + name);
  }

  private static By propertyFields(int column) {
    return By.xpath(
        "//input[contains(@id, 'basicTable')][contains(@id, ':col%d:col1St')]".formatted(column));
  }

  private static String value(WebElement field) {
    return String.valueOf(field.getDomProperty("value"));
  }

  private static By link(String text) {
    return By.xpath("//table//a[normalize-space()='%s']".formatted(text));
  }

  private static By button(String text) {
    return By.xpath("//input[@type='submit'][normalize-space(@value)='%s']".formatted(text));
  }

  private void awaitMessage(String message) {
    visible(By.xpath("//*[contains(@id, 'pageAlert')][contains(., '%s')]".formatted(message)));
  }

  private void click(By what) {
    wait.until(
        page -> {
          visible(what).click();
          return true;
        });
  }

  /** The console reloads parts of a page, so an element may disappear soon after it was found. */
  private WebElement visible(By what) {
    return wait.until(
        page ->
            page.findElements(what).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
  }

  @Override
  public void close() {
    browser.quit();
  }
}
