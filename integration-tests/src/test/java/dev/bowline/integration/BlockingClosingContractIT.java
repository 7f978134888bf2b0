package dev.bowline.integration;

class BlockingClosingContractIT extends ClosingContract implements OnBlocking {}
