use crate::support::*;
use image::ImageFormat;
use media::Stripped::{self, *};
use media::hidden_data;

/// What the source is reported to hide; and that no variant hides anything.
#[track_caller]
fn check(file: &[u8], wanted: &[Stripped]) {
    let photo = photo_of(file).unwrap();
    assert_eq!(photo.stripped, wanted);
    for variant in &photo.variants {
        assert_eq!(hidden_data(&variant.bytes), []);
        // Nor does any text of the source survive, wherever it might have gone.
        for word in [&b"Exif"[..], b"Cam", b"secret", b"xpacket", b"ICC"] {
            assert!(!variant.bytes.windows(word.len()).any(|part| part == word));
        }
    }
}

#[test]
fn position_and_camera() {
    check(&with_exif(&jpeg(&noise(64, 64)), 1), &[Exif, Gps, Thumbnail]);
}

#[test]
fn every_kind_of_segment() {
    let plain = jpeg(&noise(64, 64));
    check(&plain, &[]);
    check(&with_segment(&plain, 0xe1, b"http://ns.adobe.com/xap/1.0/\0<?xpacket secret"), &[Xmp]);
    let extended = b"http://ns.adobe.com/xmp/extension/\0 GImage:Data=\"secret\"";
    check(&with_segment(&plain, 0xe1, extended), &[Xmp, SecondPicture]);
    check(&with_segment(&plain, 0xe2, b"MPF\0secret"), &[SecondPicture]);
    check(&with_segment(&plain, 0xed, b"Photoshop 3.0\0secret"), &[Iptc]);
    check(&with_segment(&plain, 0xfe, b"secret <?php ?>"), &[Comment]);
    check(&with_segment(&plain, 0xe9, b"secret"), &[Other]);
    check(&with_segment(&plain, 0xe0, b"JFXX\0secret"), &[Thumbnail]);
}

#[test]
fn what_phones_append() {
    let plain = jpeg(&noise(64, 64));
    check(&[&plain[..], b"\0\0\0\x18ftypmp42 secret"].concat(), &[Film]);
    check(&[&plain[..], &jpeg(&noise(16, 16))].concat(), &[SecondPicture]);
    check(&[&plain[..], b"secret"].concat(), &[Other]);
    check(&[&plain[..], &[0; 100]].concat(), &[]);
}

#[test]
fn chunks_of_png() {
    let plain = encoded(noise(64, 64), ImageFormat::Png);
    check(&plain, &[]);
    check(&with_chunk(&plain, b"eXIf", &exif(1)), &[Exif, Gps, Thumbnail]);
    check(&with_chunk(&plain, b"tEXt", b"Author\0secret"), &[Comment]);
    check(&with_chunk(&plain, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0secret"), &[Xmp]);
    check(&[&plain[..], b"secret"].concat(), &[Other]);
}
