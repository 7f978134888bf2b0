package dev.bowline.integration;

class NioFramingContractIT extends FramingContract implements OnNio {}
