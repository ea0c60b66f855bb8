//! Whatever is typed: reading it ends, and saving it again changes nothing that is read.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let first = domain::markdown::read(text);
    let written = first.markdown();
    assert_eq!(domain::markdown::read(&written), first, "{written}");
});
