//! Paints over parts of pictures.

use image::{DynamicImage, GenericImage as _, Rgba};

use super::look::Area;

const BLACK: Rgba<u8> = Rgba([0, 0, 0, 255]);

/// Fills the areas with black, in all channels.
pub(crate) fn over(picture: &mut DynamicImage, areas: &[Area]) {
    let (width, height) = (picture.width(), picture.height());
    for area in areas {
        for y in area.top.min(height)..area.bottom.min(height) {
            for x in area.left.min(width)..area.right.min(width) {
                picture.put_pixel(x, y, BLACK);
            }
        }
    }
}

/// All of it.
pub(crate) fn all(picture: &mut DynamicImage) {
    let whole = Area { left: 0, top: 0, right: picture.width(), bottom: picture.height() };
    over(picture, &[whole]);
}

/// Clears the colours of pixels that nobody sees. Says whether there were any.
pub(crate) fn clear_unseen(picture: &mut DynamicImage) -> bool {
    let mut cleared = false;
    match picture {
        DynamicImage::ImageRgba8(pixels) => {
            for pixel in pixels.pixels_mut().filter(|pixel| pixel.0[3] == 0 && pixel.0 != [0; 4]) {
                (pixel.0, cleared) = ([0; 4], true);
            }
        }
        DynamicImage::ImageRgba16(pixels) => {
            for pixel in pixels.pixels_mut().filter(|pixel| pixel.0[3] == 0 && pixel.0 != [0; 4]) {
                (pixel.0, cleared) = ([0; 4], true);
            }
        }
        DynamicImage::ImageLumaA8(pixels) => {
            for pixel in pixels.pixels_mut().filter(|pixel| pixel.0[1] == 0 && pixel.0 != [0; 2]) {
                (pixel.0, cleared) = ([0; 2], true);
            }
        }
        DynamicImage::ImageLumaA16(pixels) => {
            for pixel in pixels.pixels_mut().filter(|pixel| pixel.0[1] == 0 && pixel.0 != [0; 2]) {
                (pixel.0, cleared) = ([0; 2], true);
            }
        }
        _ => {}
    }
    cleared
}
