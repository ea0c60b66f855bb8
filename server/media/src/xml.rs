//! The text of one element of a small XML file; no entities but the five of XML itself, so nothing grows and nothing is
//! fetched.

/// The text of the first element of this (prefixed) name.
pub(crate) fn text_of(xml: &str, name: &str) -> Option<String> {
    let mut rest = xml;
    loop {
        let at = rest.find(&format!("<{name}"))?;
        rest = &rest[at + 1 + name.len()..];
        if rest.starts_with(|c: char| c == '>' || c.is_whitespace()) {
            break;
        }
    }
    let (attributes, rest) = rest.split_once('>')?;
    if attributes.ends_with('/') {
        return None;
    }
    let (text, _) = rest.split_once('<')?;
    let text = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(text.to_owned(), |text, (written, meant)| text.replace(written, meant));
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_element_of_a_name() {
        assert_eq!(
            text_of("<a><dc:creator x='1'>Juf &amp; meester</dc:creator>", "dc:creator").as_deref(),
            Some("Juf & meester")
        );
        assert_eq!(
            text_of("<dc:creators>x</dc:creators><dc:creator>y</dc:creator>", "dc:creator").as_deref(),
            Some("y")
        );
        for none in ["", "<dc:creator/>", "<dc:creator></dc:creator>", "<dc:creator>", "<dc:creator"] {
            assert_eq!(text_of(none, "dc:creator"), None, "{none}");
        }
    }
}
