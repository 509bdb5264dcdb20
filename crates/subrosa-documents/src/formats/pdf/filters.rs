//! Decoding of stream filters, with limits and without silence.
//!
//! A general-purpose PDF reader shows what it can of a damaged stream. Here that would hide text, so a stream either
//! decodes to its end or is an error. Image filters are not decoded: [`Decoded::Image`] says that the bytes are pixels.

use std::borrow::Cow;
use std::io::Read;

use lopdf::{Dictionary, Object, Stream};

use super::store::Store;

/// What a stream turned out to be.
pub(crate) enum Decoded {
    /// The plain bytes.
    Bytes(Vec<u8>),
    /// Pixels behind an image filter.
    Image,
}

/// Longest chain of filters.
const MAX_FILTERS: usize = 8;

/// Decodes a stream to at most `limit` bytes.
///
/// # Errors
/// A reason, without any content.
pub(crate) fn decode(store: &Store, stream: &Stream, limit: usize) -> Result<Decoded, &'static str> {
    Ok(match unpacked(store, stream, limit)? {
        (bytes, None) => Decoded::Bytes(bytes.into_owned()),
        (_, Some(_)) => Decoded::Image,
    })
}

/// The bytes of a stream behind all filters but that of a picture, and which in the chain this is.
///
/// # Errors
/// As [`decode`].
pub(super) fn unpacked<'a>(
    store: &Store,
    stream: &'a Stream,
    limit: usize,
) -> Result<(Cow<'a, [u8]>, Option<usize>), &'static str> {
    let mut data = Cow::from(&stream.content);
    for (index, (name, parameters)) in filter_chain(store, &stream.dict)?.into_iter().enumerate() {
        let output = match name {
            b"FlateDecode" | b"Fl" => predicted(store, flate(&data, limit)?, parameters, limit)?,
            b"LZWDecode" | b"LZW" => through_lopdf(b"LZWDecode", &data, parameters, limit)?,
            b"BrotliDecode" => through_lopdf(b"BrotliDecode", &data, None, limit)?,
            b"ASCII85Decode" | b"A85" => ascii85(&data)?,
            b"ASCIIHexDecode" | b"AHx" => ascii_hex(&data)?,
            b"RunLengthDecode" | b"RL" => run_length(&data, limit)?,
            b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF" => {
                return Ok((data, Some(index)));
            }
            b"Crypt" => continue,
            _ => return Err("a filter that is not known"),
        };
        if output.len() > limit {
            return Err("the stream expands over the limit");
        }
        data = output.into();
    }
    if data.len() > limit {
        return Err("the stream expands over the limit");
    }
    Ok((data, None))
}

/// How many of the bytes of a stream are its data, when it is compressed with `FlateDecode` first and whole: behind them
/// something else may stand.
pub(super) fn deflated_length(store: &Store, stream: &Stream) -> Option<usize> {
    let (b"FlateDecode" | b"Fl", _) = filter_chain(store, &stream.dict).ok()?.first().copied()? else { return None };
    let mut decoder = flate2::Decompress::new(true);
    let mut plain = vec![0; 1 << 16];
    loop {
        let (used, made) = (decoder.total_in(), decoder.total_out());
        let rest = stream.content.get(usize::try_from(used).ok()?..)?;
        match decoder.decompress(rest, &mut plain, flate2::FlushDecompress::None).ok()? {
            flate2::Status::StreamEnd => return usize::try_from(decoder.total_in()).ok(),
            _ if decoder.total_in() == used && decoder.total_out() == made => return None,
            _ => {}
        }
    }
}

/// A stream that is compressed with `FlateDecode` and nothing else and is whole to its checksum, decoded, with the number of
/// bytes that this took. Behind those something else may stand.
pub(super) fn decode_sound(store: &Store, stream: &Stream, limit: usize) -> Option<(Vec<u8>, usize)> {
    let filters = filter_chain(store, &stream.dict).ok()?;
    let [(b"FlateDecode" | b"Fl", None)] = filters.as_slice() else { return None };
    let mut decoder = flate2::Decompress::new(true);
    let mut plain = Vec::with_capacity(stream.content.len().saturating_mul(3).clamp(1024, 1 << 24));
    while plain.len() <= limit {
        let used = usize::try_from(decoder.total_in()).ok()?;
        let (rest, before) = (stream.content.get(used..)?, plain.len());
        if decoder.decompress_vec(rest, &mut plain, flate2::FlushDecompress::None).ok()? == flate2::Status::StreamEnd {
            return Some((plain, usize::try_from(decoder.total_in()).ok()?));
        }
        let stuck = plain.len() == before && decoder.total_in() == used as u64;
        if stuck && plain.len() < plain.capacity() {
            return None;
        }
        plain.reserve(plain.len().max(1024));
    }
    None
}

type Filter<'a> = (&'a [u8], Option<&'a Dictionary>);

fn filter_chain<'a>(store: &'a Store, dict: &'a Dictionary) -> Result<Vec<Filter<'a>>, &'static str> {
    let entry = |long: &[u8], short: &[u8]| dict.get(long).or_else(|_| dict.get(short)).ok().map(|object| store.resolve(object));
    let parameters = entry(b"DecodeParms", b"DP");
    let parameter = |index: usize| match parameters {
        Some(Object::Array(all)) => all.get(index).and_then(|one| store.resolve(one).as_dict().ok()),
        Some(Object::Dictionary(one)) if index == 0 => Some(one),
        _ => None,
    };
    match entry(b"Filter", b"F") {
        None | Some(Object::Null) => Ok(Vec::new()),
        Some(Object::Name(name)) => Ok(vec![(name.as_slice(), parameter(0))]),
        Some(Object::Array(names)) if names.len() <= MAX_FILTERS => names
            .iter()
            .enumerate()
            .map(|(index, name)| match store.resolve(name) {
                Object::Name(name) => Ok((name.as_slice(), parameter(index))),
                _ => Err("a filter without a name"),
            })
            .collect(),
        Some(Object::Array(_)) => Err("too many filters"),
        // An external file's name may stand under /F: such a stream holds nothing here.
        Some(_) => Err("a filter without a name"),
    }
}

fn flate(input: &[u8], limit: usize) -> Result<Vec<u8>, &'static str> {
    if input.is_empty() {
        return Ok(Vec::new());
    }
    let mut output = Vec::with_capacity(input.len().saturating_mul(3).min(limit).min(1 << 24));
    let cap = limit as u64 + 1;
    if flate2::read::ZlibDecoder::new(input).take(cap).read_to_end(&mut output).is_ok() {
        return Ok(output);
    }
    // A wrong checksum, or no checksum, after complete data is common and loses nothing. Data that breaks off is an error.
    output.clear();
    let body = input.get(2..).unwrap_or_default();
    match flate2::read::DeflateDecoder::new(body).take(cap).read_to_end(&mut output) {
        Ok(_) => Ok(output),
        Err(_) => Err("the compressed data is damaged"),
    }
}

fn predicted(store: &Store, data: Vec<u8>, parameters: Option<&Dictionary>, limit: usize) -> Result<Vec<u8>, &'static str> {
    let predictor = parameters.and_then(|dict| store.number(dict, b"Predictor")).unwrap_or(1.0);
    if predictor <= 1.0 {
        return Ok(data);
    }
    // The predictors are undone by lopdf, on data that is plain already: its run-length filter passes it through.
    let mut plain = Vec::with_capacity(data.len() + data.len() / 64 + 16);
    {
        use std::io::Write;
        let mut encoder = flate2::write::ZlibEncoder::new(&mut plain, flate2::Compression::none());
        encoder.write_all(&data).and_then(|()| encoder.finish().map(|_| ())).map_err(|_| "the predictor failed")?;
    }
    through_lopdf(b"FlateDecode", &plain, parameters, limit)
}

fn through_lopdf(filter: &[u8], input: &[u8], parameters: Option<&Dictionary>, limit: usize) -> Result<Vec<u8>, &'static str> {
    let mut dict = Dictionary::new();
    dict.set("Filter", Object::Name(filter.to_vec()));
    if let Some(parameters) = parameters {
        dict.set("DecodeParms", Object::Dictionary(parameters.clone()));
    }
    Stream::new(dict, input.to_vec()).decompressed_content_with_limit(limit).map_err(|_| "the compressed data is damaged")
}

fn ascii85(input: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut output = Vec::with_capacity(input.len() / 5 * 4 + 4);
    let mut group = [84_u8; 5];
    let mut filled = 0;
    for &byte in input {
        match byte {
            b'z' if filled == 0 => output.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                if let Some(place) = group.get_mut(filled) {
                    *place = byte - b'!';
                }
                filled += 1;
                if filled == 5 {
                    output.extend_from_slice(&group_of_85(group)?);
                    group = [84; 5];
                    filled = 0;
                }
            }
            b'~' => break,
            _ if byte.is_ascii_whitespace() || byte == 0 => {}
            _ => return Err("a byte that is not ASCII-85"),
        }
    }
    if filled > 1 {
        output.extend_from_slice(&group_of_85(group)?[..filled - 1]);
    }
    Ok(output)
}

fn group_of_85(group: [u8; 5]) -> Result<[u8; 4], &'static str> {
    let value = group.iter().fold(0_u64, |sum, &digit| sum * 85 + u64::from(digit));
    u32::try_from(value).map(u32::to_be_bytes).map_err(|_| "an ASCII-85 group out of range")
}

fn ascii_hex(input: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut output = Vec::with_capacity(input.len() / 2);
    let mut high = None::<u8>;
    for &byte in input {
        let Some(digit) = (byte as char).to_digit(16) else {
            match byte {
                b'>' => break,
                _ if byte.is_ascii_whitespace() || byte == 0 => continue,
                _ => return Err("a byte that is not hexadecimal"),
            }
        };
        match high.take() {
            None => high = Some(digit as u8),
            Some(first) => output.push(first << 4 | digit as u8),
        }
    }
    output.extend(high.map(|first| first << 4));
    Ok(output)
}

fn run_length(input: &[u8], limit: usize) -> Result<Vec<u8>, &'static str> {
    let mut output = Vec::new();
    let mut rest = input;
    while let Some((&length, after)) = rest.split_first() {
        rest = after;
        match length {
            128 => break,
            0..=127 => {
                let (run, after) = rest.split_at_checked(usize::from(length) + 1).ok_or("a run breaks off")?;
                output.extend_from_slice(run);
                rest = after;
            }
            _ => {
                let (&byte, after) = rest.split_first().ok_or("a run breaks off")?;
                output.resize(output.len() + 257 - usize::from(length), byte);
                rest = after;
            }
        }
        if output.len() > limit {
            return Err("the stream expands over the limit");
        }
    }
    Ok(output)
}
