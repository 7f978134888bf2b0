package dev.bowline.integration;

class BlockingFramingContractIT extends FramingContract implements OnBlocking {}
