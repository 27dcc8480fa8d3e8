// SPDX-License-Identifier: Apache-2.0
package org.smtpinflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.smtpinflow.it.client.Agent;
import org.smtpinflow.it.client.Browser;
import org.smtpinflow.it.client.CustomerServer;
import org.smtpinflow.it.client.HelpDesk;
import org.smtpinflow.it.container.Archives;
import org.smtpinflow.it.container.TomEE;
import org.smtpinflow.it.container.UnsupportedOn;

/**
 * The sample's page in a real browser. The selectors are those that the page's main.js promises.
 */
@ExtendWith(ArquillianExtension.class)
@UnsupportedOn(value = TomEE.class, because = "the sample's EAR has no descriptor for TomEE")
class HelpDeskPageIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path profile;

  private ChromeDriver browser;
  private WebDriverWait wait;

  @Deployment(testable = false)
  static EnterpriseArchive application() {
    return Archives.helpDesk(Agent.adapter());
  }

  @BeforeEach
  void openPage() {
    browser = Browser.open(profile);
    wait = new WebDriverWait(browser, PATIENCE);
    browser.get(HelpDesk.PAGE);
    wait.until(
        ExpectedConditions.presenceOfElementLocated(By.cssSelector("#live[data-state=live]")));
  }

  @AfterEach
  void closePage() {
    if (browser != null) {
      browser.quit();
    }
  }

  private WebElement ticketInList(String subject) {
    return wait.until(
        ExpectedConditions.presenceOfElementLocated(
            By.xpath("//*[@id='tickets']/li[contains(., '" + subject + "')]")));
  }

  /** Reads the list at once: while one goes through its elements, the page may replace them. */
  private List<String> subjectsInList() {
    Object texts =
        run("return Array.from(document.querySelectorAll('#tickets li'), li => li.innerText)");
    return ((List<?>) texts).stream().map(String.class::cast).toList();
  }

  private Object run(String script) {
    return ((JavascriptExecutor) browser).executeScript(script);
  }

  @Test
  void ticketsAppearAsTheyArriveTheNewestFirst() throws IOException {
    run("window.loadedOnce = true");

    HelpDesk.send("support@example.com", "Subject: live-one\n\nHello", "250 2.0.0 ...");
    ticketInList("live-one");
    HelpDesk.send("support@example.com", "Subject: live-two\n\nHello", "250 2.0.0 ...");
    ticketInList("live-two");

    assertThat(subjectsInList().get(0)).contains("live-two");
    assertThat(subjectsInList().get(1)).contains("live-one");
    assertThat(run("return window.loadedOnce")).isEqualTo(true);
  }

  @Test
  void scriptInAMailDoesNotRun() throws IOException {
    String script =
        "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>";
    HelpDesk.send(
        "support@example.com",
        """
        From: "%1$s" <customer@example.org>
        Subject: evil %1$s
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=b

        --b
        Content-Type: text/plain

        %1$s
        --b
        Content-Type: text/html

        <html><body>%1$s<p>evil html</p></body></html>
        --b--
        """
            .formatted(script),
        "250 2.0.0 ...");

    ticketInList("evil").findElement(By.tagName("a")).click();
    WebElement ticket =
        wait.until(
            ExpectedConditions.visibilityOfElementLocated(
                By.cssSelector("#ticket [data-message-number='1']")));

    assertThat(ticket.getText()).contains("<script>document.title='hacked'</script>");
    assertThat(browser.findElements(By.cssSelector("#ticket img, #ticket script, #tickets img")))
        .isEmpty();
    assertThat(browser.getTitle()).doesNotStartWith("hacked");
  }

  @Test
  void answerOfAnAgentIsVerifiedAndShowsLiveWhatBecomesOfIt() throws Exception {
    Agent.register();
    HelpDesk.send("support@example.com", "Subject: verifiable\n\nHelp", "250 2.0.0 ...");
    Object id = HelpDesk.tickets("verifiable").get(0).get("id");
    String address = "support+" + id + "@example.com";
    HelpDesk.send(
        address, "From: %s <a@b.example>\n\nForged".formatted(Agent.NAME), "250 2.0.0 ...");
    ticketInList("verifiable").findElement(By.tagName("a")).click();
    run("window.loadedOnce = true");

    Agent.send("From: Somebody Else <x@y.example>\nSubject: Re\n\nAnswer", address);

    String answer = "#ticket [data-message-number='3']";
    shown(answer + " [data-field=sending][data-state=waiting][data-problem]");
    assertThat(shown(answer + " [data-field=from]").getText()).isEqualTo(Agent.NAME);
    assertThat(shown(answer + " [data-field=verified]").getText()).isEqualTo("Verified");
    assertThat(browser.findElements(By.cssSelector("[data-field=verified]"))).hasSize(1);
    try (CustomerServer customers = new CustomerServer()) {
      customers.await(1);
      assertThat(shown(answer + " [data-state=sent]").getText())
          .startsWith("Sent to customer@example.org");
    }
    assertThat(run("return window.loadedOnce")).isEqualTo(true);
  }

  private WebElement shown(String selector) {
    return wait.until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
  }

  @Test
  void searchFindsByTextAndByNothingElse() throws IOException {
    HelpDesk.send("support@example.com", "Subject: searchable\n\nneedle", "250 2.0.0 ...");
    HelpDesk.send("support@example.com", "Subject: other\n\nhay", "250 2.0.0 ...");
    ticketInList("other");

    browser.findElement(By.id("search")).sendKeys("needle");

    wait.until(page -> subjectsInList().size() == 1);
    assertThat(subjectsInList().get(0)).contains("searchable");
  }
}
