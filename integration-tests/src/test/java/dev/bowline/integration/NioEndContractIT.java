package dev.bowline.integration;

class NioEndContractIT extends EndContract implements OnNio {}
