package dev.bowline.integration;

class BlockingWritingContractIT extends WritingContract implements OnBlocking {}
