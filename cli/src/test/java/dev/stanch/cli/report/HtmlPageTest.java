package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// The page of reports in Chromium, as Debian's packages chromium and chromium-driver have it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HtmlPageTest {
  private static final Path BROWSER = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private Path folder;
  private ChromeDriver browser;

  @BeforeAll
  void open(@TempDir Path kept) {
    folder = kept;
    Assumptions.assumeTrue(
        Files.exists(BROWSER) && Files.exists(DRIVER),
        "no Chromium: install Debian's chromium and chromium-driver");
    var options = new ChromeOptions();
    options.setBinary(BROWSER.toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu");
    options.addArguments("--user-data-dir=" + folder.resolve("profile"));
    var logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
            options);
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void searchesAndFilters() throws IOException {
    load(SampleReport.everything());
    int all = SampleReport.everything().findings().size();
    assertThat(shown()).isEqualTo(all + " of " + all);

    search().sendKeys("hf_…wxyz");
    waitFor("1 of " + all);
    assertThat(visible()).singleElement().asString().contains("Hugging Face user access token");

    search().sendKeys(Keys.ESCAPE);
    waitFor(all + " of " + all);
    filter("severity", "critical");
    assertThat(visible()).isNotEmpty().allMatch(text -> text.startsWith("critical"));
  }

  @Test
  void sortsByAge() throws IOException {
    load(SampleReport.everything());
    browser.findElement(By.cssSelector("#order option[value=since]")).click();
    assertThat(visible().getFirst()).contains("Hugging Face user access token");
  }

  @Test
  void obeysTheKeyboard() throws IOException {
    load(SampleReport.everything());
    WebElement body = browser.findElement(By.tagName("body"));
    body.sendKeys("/");
    assertThat(browser.switchTo().activeElement()).isEqualTo(search());
    search().sendKeys(Keys.ESCAPE);
    body.sendKeys("j");
    browser.switchTo().activeElement().sendKeys("j");
    WebElement focused = browser.switchTo().activeElement();
    assertThat(focused.getText()).isEqualTo(visible().get(1));
    String before = opened(focused);
    focused.sendKeys(Keys.ENTER);
    assertThat(opened(focused)).isNotEqualTo(before);
  }

  private static String opened(WebElement summary) {
    return String.valueOf(summary.findElement(By.xpath("..")).getDomProperty("open"));
  }

  @Test
  void letsNothingHostileActAndNothingOut() throws IOException {
    load(SampleReport.everything());
    assertThat(browser.executeScript("return document.querySelectorAll('script').length"))
        .isEqualTo(1L);
    assertThat(browser.executeScript("return performance.getEntriesByType('resource').length"))
        .isEqualTo(0L);
    assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    // Should something slip through, the page's own policy stops it.
    browser.executeScript(
        "const bad = document.createElement('script'); bad.textContent = 'window.owned = 1';"
            + " document.body.append(bad)");
    assertThat(browser.executeScript("return window.owned === undefined")).isEqualTo(true);
  }

  @Test
  void showsAllOnPaper() throws IOException {
    load(SampleReport.everything());
    browser.executeScript("window.dispatchEvent(new Event('beforeprint'))");
    assertThat(
            browser.executeScript("return document.querySelectorAll('.item:not([open])').length"))
        .isEqualTo(0L);
  }

  private void load(Report report) throws IOException {
    Path page = folder.resolve("page.html");
    try (Writer out = Files.newBufferedWriter(page)) {
      new HtmlReport(Path.of("/srv/app")).write(report, out);
    }
    browser.get(page.toUri().toString());
  }

  private WebElement search() {
    return browser.findElement(By.cssSelector("#tools input"));
  }

  private void filter(String name, String value) {
    browser
        .findElement(
            By.cssSelector(
                "#tools select[data-filter=" + name + "] option[value='is " + value + "']"))
        .click();
  }

  private String shown() {
    return browser.findElement(By.id("shown")).getText();
  }

  private void waitFor(String shown) {
    for (int i = 0; i < 1000 && !shown().equals(shown); i++) {
      Thread.onSpinWait(); // each look is a request to the browser
    }
    assertThat(shown()).isEqualTo(shown);
  }

  private List<String> visible() {
    return browser.findElements(By.cssSelector(".item:not([hidden]) > summary")).stream()
        .map(WebElement::getText)
        .toList();
  }
}
