package dev.bowline.integration;

class NioWritingContractIT extends WritingContract implements OnNio {}
