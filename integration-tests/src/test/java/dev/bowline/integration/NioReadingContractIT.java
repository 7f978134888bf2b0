package dev.bowline.integration;

class NioReadingContractIT extends ReadingContract implements OnNio {}
