//! Addresses of cryptocurrency wallets with a check sum: Bitcoin and its kin (Base58Check), Bech32 and Bech32m, XRP, and
//! Ethereum in mixed case (EIP-55). An Ethereum address in one case needs a context word.
//!
//! *Misses by design*: addresses of more than 63 characters (Monero, Cardano) and those without a check sum (Solana).
//! *Confuses with*: Ethereum contracts, which are addresses like those of people.
//! *References*: see [`crate::validators::wallet`].

use crate::entity::Entity;
use crate::recognizer::{Compiled, Info, Pattern, PatternRecognizer, Trigger};
use crate::validators::wallet::wallet;

/// Wallets.
pub static RECOGNIZER: PatternRecognizer = PatternRecognizer {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CRYPTO"),
        summary: "Address of a cryptocurrency wallet.",
        context: &[
            "wallet", "btc", "bitcoin", "crypto", "eth", "ethereum", "ether", "address", "litecoin", "doge", "xrp", "usdt",
        ],
        negative_context: &["contract", "commit", "tx", "hash"],
        hits: &[
            "send to ⟦1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2⟧.",
            "pay ⟦bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4⟧",
            "⟦0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed⟧",
            "ETH wallet: ⟦0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed⟧",
        ],
        misses: &[
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            "commit 5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        ],
    },
    triggers: &[Trigger::Mixed { min: 25, max: 63 }],
    patterns: &[
        Pattern::new("ethereum", r"0x[0-9A-Fa-f]{40}", 300),
        Pattern::new("bech32", r"(?i:bc|tb|ltc|bnb|cosmos|osmo|terra)1[02-9ac-hj-np-zAC-HJ-NP-Z]{14,87}", 450),
        Pattern::new("base58", r"[13LMDXTrA2mn][1-9A-HJ-NP-Za-km-z]{24,34}", 350),
        Pattern::new("zcash", r"t[13][1-9A-HJ-NP-Za-km-z]{33}", 350),
    ],
    validate: wallet,
    inside_longer: false,
    compiled: Compiled::new(),
};
