package dev.bowline.integration;

class BlockingReadingContractIT extends ReadingContract implements OnBlocking {}
