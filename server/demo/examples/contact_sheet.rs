//! Writes pictures to a directory and says how long they took:
//! `cargo run --release -p demo --example contact_sheet -- DIRECTORY [SEED]`

use std::time::Instant;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().unwrap_or_else(|| "contact-sheet".into());
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    std::fs::create_dir_all(&directory)?;
    let (mut slowest, mut total) = (0, 0);
    for index in 0..demo::picture_count() {
        let start = Instant::now();
        let jpeg = demo::picture(seed, index, demo::PictureSize::Small);
        let millis = start.elapsed().as_millis();
        (slowest, total) = (slowest.max(millis), total + millis);
        std::fs::write(format!("{directory}/{index:03}-{}.jpg", demo::picture_scene(index)), jpeg)?;
    }
    println!(
        "{} pictures, {} ms each, slowest {slowest} ms",
        demo::picture_count(),
        total / demo::picture_count() as u128
    );
    let start = Instant::now();
    let large = demo::picture(seed, 7, demo::PictureSize::TwelveMegapixels);
    println!("twelve megapixels: {} ms, {} kB", start.elapsed().as_millis(), large.len() / 1024);
    Ok(())
}
