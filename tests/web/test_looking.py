"""What looks at pages sees what is wrong with them."""

from playwright.sync_api import Browser

from tests.web.looking import faults_of

PAGE = "<!doctype html><html lang='fr'><title>Essai</title><main><h1>Essai</h1>{}</main></html>"


def test_a_page_without_fault_has_none_and_others_are_told(browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 375, "height": 900}).new_page()
    page.set_content(PAGE.format("<p>Bonjour</p>"))
    assert faults_of(page) == []
    page.set_content(PAGE.format("<img src='data:,'><p style='color: #ccc'>Pâle</p><p style='width: 500px'>Large</p>"))
    wide, contrast, image = faults_of(page)
    assert wide == "wider than the screen"
    assert contrast.startswith("color-contrast: ") and "Pâle" in contrast
    assert image.startswith("image-alt: ") and "<img" in image
