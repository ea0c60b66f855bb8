//! Whatever is uploaded: looking at what it is ends, and in bounded memory.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::Write as _;

fuzz_target!(|bytes: &[u8]| {
    let mut file = tempfile::tempfile().expect("a place for temporary files");
    file.write_all(bytes).expect("written");
    // Either answer is right.
    let _ = media::inspect(&mut file, "a.bin", &media::MediaLimits::default());
});
